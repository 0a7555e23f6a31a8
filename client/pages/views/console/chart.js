/** A chart of the last hour. */

import { html, LitElement } from 'lit';
import uPlot from 'uplot';
import { figure, span } from './parts.js';

/** Line colours by the order of the lines; the style sheet defines them for light and dark. */
const COLOURS = ['--blue', '--amber', '--green', '--violet', '--red', '--grey', '--pico-primary', '--line-8'];

const HEIGHT = 150;

/**
 * @typedef {{ name: string, unit: string }} Line
 * @typedef {import('uplot').AlignedData} Data times in epoch seconds, then the values of each line
 */

/** @param {number | null | undefined} value @param {string} unit */
const said = (value, unit) => (unit === 'ms' ? span(value) : `${figure(value)}${value === null || value === undefined ? '' : unit}`);

// Safari has no idle callbacks.
const [later, cancel] = globalThis.requestIdleCallback
  ? [(/** @type {() => void} */ task) => requestIdleCallback(task, { timeout: 2_000 }), cancelIdleCallback]
  : [(/** @type {() => void} */ task) => setTimeout(task, 50), clearTimeout];

class ConsoleChart extends LitElement {
  static properties = { title: { attribute: false }, lines: { attribute: false }, data: { attribute: false } };

  /** @type {any} */
  #plot = null;
  /** @type {ResizeObserver | null} */
  #sizes = null;
  /** @type {number | null} */
  #planned = null;
  #dark = matchMedia('(prefers-color-scheme: dark)');

  constructor() {
    super();
    this.title = '';
    /** @type {readonly Line[]} */
    this.lines = [];
    /** @type {any} */
    this.data = [[]];
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#dark.addEventListener('change', this.#recolour);
    this.theme = new MutationObserver(this.#recolour);
    this.theme.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#dark.removeEventListener('change', this.#recolour);
    this.theme?.disconnect();
    this.#sizes?.disconnect();
    this.#cancel();
    this.#plot?.destroy();
    this.#plot = null;
  }

  #cancel() {
    if (this.#planned !== null) {
      cancel(this.#planned);
      this.#planned = null;
    }
  }

  /** uPlot draws on a canvas, which does not follow the style sheet by itself. */
  #recolour = () => {
    this.#plot?.destroy();
    this.#plot = null;
    this.requestUpdate();
  };

  render() {
    const last = (/** @type {number} */ line) => this.data[line + 1]?.at(-1);
    const values = this.lines.map(({ name, unit }, line) => `${name} ${said(last(line), unit)}`);
    return html`<figure class="chart"><figcaption>${this.title}</figcaption>
      <div class="plot" role="img" aria-label="${this.title}, the last hour. Now: ${values.join(', ')}"></div>
      <ul class="legend">${this.lines.map(({ name, unit }, line) => html`<li class="line-${line % COLOURS.length}"><span class="swatch"></span>${name}
        <strong>${said(last(line), unit)}</strong></li>`)}</ul></figure>`;
  }

  /** Each chart draws in a task of its own, when the browser has time for it, so that the page answers at once meanwhile. */
  updated() {
    this.#cancel();
    this.#planned = later(() => this.#draw());
  }

  #draw() {
    const place = /** @type {HTMLElement} */ (this.querySelector('.plot'));
    this.#planned = null;
    if (this.#plot && this.#plot.series.length === this.lines.length + 1) {
      this.#plot.setData(this.data);
      return;
    }
    this.#plot?.destroy();
    this.#plot = new uPlot(this.#options(place.clientWidth || 300), this.data, place);
    this.#sizes ??= new ResizeObserver(() => {
      const width = place.clientWidth;
      if (this.#plot && width > 0 && width !== this.#plot.width) {
        this.#plot.setSize({ width, height: HEIGHT });
      }
    });
    this.#sizes.observe(place);
  }

  /** @param {number} width */
  #options(width) {
    const style = getComputedStyle(this);
    const colour = (/** @type {string} */ name) => style.getPropertyValue(name).trim() || '#888';
    const axis = { stroke: colour('--grey'), grid: { stroke: colour('--pico-muted-border-color'), width: 1 }, ticks: { show: false }, font: '11px system-ui' };
    const unit = this.lines[0]?.unit ?? '';
    return {
      width,
      height: HEIGHT,
      cursor: { show: false },
      legend: { show: false },
      scales: { y: { range: (/** @type {any} */ _, /** @type {number} */ __, /** @type {number} */ most) => [0, Math.max(most ?? 0, 1) * 1.1] } },
      axes: [
        { ...axis, values: '{HH}:{mm}', space: 60, size: 26 },
        { ...axis, size: 56, space: 32, values: (/** @type {any} */ _, /** @type {number[]} */ ticks) => ticks.map((tick) => said(tick, unit)) },
      ],
      series: [{}, ...this.lines.map(({ name }, line) => ({ label: name, stroke: colour(COLOURS[line % COLOURS.length] ?? '--blue'), width: 1.5, points: { show: false }, spanGaps: false }))],
    };
  }
}

customElements.define('console-chart', ConsoleChart);
