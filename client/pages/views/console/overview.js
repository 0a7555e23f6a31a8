import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import './chart.js';
import { ConsolePage } from './console-page.js';
import { chartsOf, hasHole, verdict, withPoint, worst } from './overview-model.js';
import { figure, moment, span } from './parts.js';

/**
 * @typedef {import('./overview-model.js').Node} Node
 * @typedef {import('./overview-model.js').Snapshot} Snapshot
 */

/** How often the page says that somebody looks, which keeps the snapshots coming (ms). */
const WATCH_EVERY = 10_000;

/** How often it asks while no snapshots come over the socket (ms). */
const ASK_EVERY = 2_000;

/** Snapshots come every two seconds; this long without one means that they do not come (ms). */
const SILENT_AFTER = 6_000;

const STATES = { ok: 'OK', warning: 'Warning', critical: 'Critical' };

/** The picture: the first three beside each other, the way to the screens below each other beside them. @type {readonly { step: string, title: string, waits: string, rate: string }[]} */
const STEPS = [
  { step: 'outbox', title: 'Outboxes', waits: 'waiting', rate: 'published' },
  { step: 'broker', title: 'Broker', waits: 'waiting', rate: 'taken in' },
  { step: 'consumer', title: 'Consumers', waits: 'behind, about', rate: 'handled' },
  { step: 'log', title: 'Event log', waits: 'behind, about', rate: 'logged' },
  { step: 'replica', title: 'Replicas', waits: 'queued', rate: 'sent' },
  { step: 'screen', title: 'Screens', waits: 'waiting', rate: 'acknowledgements' },
];

/** Pages that tell more of a part. @type {Record<string, string>} */
const MORE = { 'dead-letters': '/console/dead-letters', 'rejected-events': '/console/rejected-events', screens: '/console/connections' };

/** The way of an event, and how each step of it is now. */
class ConsoleOverview extends ConsolePage {
  /** When the last snapshot came over the socket (epoch ms). */
  #heardAt = 0;
  /** @type {import('./overview-model.js').Hour | null} */
  #hour = null;
  /** @type {ReturnType<typeof chartsOf>} */
  #charts = [];
  /** @type {(() => void) | null} */
  #end = null;

  get every() {
    return this.#isSilent() ? ASK_EVERY : WATCH_EVERY;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#end = this.session.tidings.on('console_snapshot', (/** @type {Snapshot} */ snapshot) => {
      // What was sent while nobody looked comes late, and is old.
      if (Date.now() - Date.parse(snapshot.at) < SILENT_AFTER * 5) {
        this.#heardAt = Date.now();
        this.#take(snapshot);
      }
    });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#end?.();
  }

  #isSilent() {
    return Date.now() - this.#heardAt > SILENT_AFTER;
  }

  async load() {
    const { api } = this.session;
    if (this.#hour === null) {
      const { now, hour } = await api.get('/api/v1/admin/overview');
      this.#hour = hour;
      this.#draw();
      this.found ??= now;
    }
    const snapshot = await api.put('/api/v1/admin/overview/watch', {});
    this.#take(snapshot);
    return this.found;
  }

  /** @param {Snapshot} snapshot */
  #take(snapshot) {
    if (this.found && Date.parse(snapshot.at) < Date.parse(this.found.at)) {
      return;
    }
    this.found = snapshot;
    if (this.#hour === null) {
      return;
    }
    if (hasHole(this.#hour, snapshot.point)) {
      this.#hour = null;
      this.refreshSoon();
      return;
    }
    const hour = withPoint(this.#hour, snapshot.point);
    if (hour !== this.#hour) {
      this.#hour = hour;
      this.#draw();
    }
  }

  #draw() {
    this.#charts = this.#hour ? chartsOf(this.#hour) : [];
    this.requestUpdate();
  }

  heading() {
    return html`<hgroup><h1 tabindex="-1">Overview</h1><p>The way of an event, and how each step of it is now.</p></hgroup>`;
  }

  content() {
    const { nodes, at } = /** @type {Snapshot} */ (this.found);
    const state = worst(nodes);
    const isLate = this.#isSilent() && this.loadedAt > 0;
    const isOld = this.problem !== null;
    return html`
      <p class="state-line ${state}" role="status" data-state=${state}>${this.badge(state)} ${isOld ? 'Last known: ' : ''}${verdict(nodes)}</p>
      <p class="muted small-print">As of ${moment(at)}${isOld ? '.' : isLate ? html`. <span data-silent>No snapshots come over the live connection; this page asks for them instead.</span>` : ', live.'}</p>
      <div class="flow">${STEPS.slice(0, 3).map((column) => this.column(column, nodes))}
        <div class="branch">${STEPS.slice(3).map((column) => this.column(column, nodes))}</div></div>
      <div class="flow failures">${this.column({ step: 'failed', title: 'Given up or refused', waits: 'in 15 minutes', rate: '' }, nodes)}</div>
      <section aria-labelledby="hour"><h2 id="hour">The last hour</h2>
        <div class="charts">${this.#charts.map(({ title, lines, data }) => html`<console-chart .title=${title} .lines=${lines} .data=${data}></console-chart>`)}</div></section>`;
  }

  /** @param {typeof STEPS[number]} column @param {readonly Node[]} all */
  column(column, all) {
    const nodes = all.filter(({ step }) => step === column.step);
    return html`<section class="step ${worst(nodes)}" data-step=${column.step} aria-label=${column.title}><h2>${column.title}</h2>
      <ul>${repeat(nodes, ({ id }) => id, (node) => this.node(column, node))}</ul></section>`;
  }

  /** @param {typeof STEPS[number]} column @param {Node} node */
  node({ waits, rate }, node) {
    const { id, title, state, text, alert } = node;
    const facts = [
      node.rate === null ? null : html`<strong>${figure(node.rate)}</strong>/s ${rate}`,
      node.waiting === null ? null : html`<strong>${figure(node.waiting)}</strong> ${waits}`,
      node.oldestMillis ? html`oldest <strong>${span(node.oldestMillis)}</strong>` : null,
      node.p99Millis === null ? null : html`p50 <strong>${span(node.p50Millis)}</strong>, p99 <strong>${span(node.p99Millis)}</strong>`,
    ];
    const more = MORE[id];
    return html`<li class="node ${state}" data-id=${id} data-state=${state}>
      <div class="heading">${more ? html`<a href=${more}>${title}</a>` : html`<span class="title">${title}</span>`}${this.badge(state)}</div>
      ${facts.filter((fact) => fact !== null).map((fact) => html`<small>${fact}</small>`)}
      ${text ? html`<small class=${state === 'ok' ? 'muted' : 'wrong'}>${text}</small>` : nothing}
      ${alert ? html`<small class="muted">Alert ${alert}</small>` : nothing}</li>`;
  }

  /** @param {Node['state']} state */
  badge(state) {
    return html`<span class="badge ${state === 'ok' ? 'success' : state === 'warning' ? 'warning' : 'error'}">${STATES[state]}</span>`;
  }
}

customElements.define('console-overview', ConsoleOverview);
