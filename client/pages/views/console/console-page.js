/**
 * The base of the console's pages. It asks for a page's data when the page opens, again every few seconds, and soon after
 * events that concern it; it keeps showing the last answer while the service cannot be reached, and says so.
 *
 * A subclass implements `load()` and `content()`, and may override `every` and `concernedBy`.
 */

import { html, nothing } from 'lit';
import { Refusal } from '../../api.js';
import { Page } from '../../page.js';
import { refreshLine } from './parts.js';

/** How often data are asked for that no event announces (ms). */
const LOOK_EVERY = 5_000;

/** The shortest time from an event to the request that it causes, so that many events cause one request (ms). */
const AFTER_EVENT = 500;

export class ConsolePage extends Page {
  static properties = {
    ...Page.properties,
    query: { attribute: false }, found: { state: true }, problem: { state: true }, busy: { state: true }, loadedAt: { state: true },
  };

  /** @type {any} */
  #timer = null;
  /** @type {any} */
  #soon = null;
  #request = 0;
  /** @type {(() => void)[]} */
  #handlers = [];

  /** How often this page asks for its data (ms); 0 asks only when the address changes or somebody wants it. */
  get every() {
    return LOOK_EVERY;
  }

  constructor() {
    super();
    /** What follows the `?` of the address. The address is the state of the page, so it can be sent to a colleague. */
    this.query = new URLSearchParams();
    /** The last answer; null until there is one. @type {any} */
    this.found = null;
    /** Why the last request failed. @type {Refusal | null} */
    this.problem = null;
    /** The action that is on its way; its buttons are disabled, so that it is not done twice. @type {string | null} */
    this.busy = null;
    /** When the last answer came (epoch ms). */
    this.loadedAt = 0;
  }

  /** Asks the service. @returns {Promise<any>} becomes `found`; may throw a Refusal */
  async load() {
    return null;
  }

  /** Draws `found`, which is not null. @returns {unknown} */
  content() {
    return nothing;
  }

  /** What is above the answer: headings, forms. It is there while nothing was found yet. @returns {unknown} */
  heading() {
    return nothing;
  }

  /** Types of events of the product's socket after which this page asks again. @returns {readonly string[]} */
  concernedBy() {
    return [];
  }

  connectedCallback() {
    super.connectedCallback();
    const { tidings } = this.session;
    this.#handlers = [
      ...this.concernedBy().map((type) => tidings.on(type, () => this.refreshSoon())),
      // A connection that comes back has missed the reason to ask.
      tidings.on('connected', () => this.refreshSoon()),
    ];
    document.addEventListener('visibilitychange', this.#seen);
    this.#plan();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#request++;
    this.#handlers.forEach((end) => end());
    document.removeEventListener('visibilitychange', this.#seen);
    clearTimeout(this.#timer);
    clearTimeout(this.#soon);
    this.#soon = null;
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    const before = changed.get('query');
    if (changed.has('query') && (!before || `${before}` !== `${this.query}`)) {
      this.found = null;
      this.problem = null;
      void this.refresh();
    }
  }

  #seen = () => document.hidden || this.refreshSoon();

  #plan() {
    clearTimeout(this.#timer);
    const pause = this.problem?.retryAfterMs ?? this.every;
    if (pause > 0) {
      this.#timer = setTimeout(() => (document.hidden || this.ended ? this.#plan() : void this.refresh()), pause);
    }
  }

  /** Whether the operator's token is no longer accepted; nothing is asked until they have signed in again. */
  get ended() {
    return this.problem?.status === 401;
  }

  /** Asks again within a moment, once for all that happens until then. */
  refreshSoon() {
    if (this.#soon === null && !this.ended) {
      this.#soon = setTimeout(() => {
        this.#soon = null;
        void this.refresh();
      }, AFTER_EVENT);
    }
  }

  /** Asks now. An answer to an older question is dropped. */
  async refresh() {
    const request = ++this.#request;
    try {
      const found = await this.load();
      if (request === this.#request) {
        this.found = found;
        this.problem = null;
        this.loadedAt = Date.now();
      }
    } catch (error) {
      if (!(error instanceof Refusal)) {
        throw error;
      }
      if (request === this.#request) {
        this.problem = error;
      }
    }
    if (request === this.#request && this.isConnected) {
      this.#plan();
    }
  }

  /**
   * Does something at the service, once however often it is clicked, and asks again afterwards.
   * @param {string} name of the action, which `busy` is meanwhile
   * @param {() => Promise<string | void>} action may return a sentence that is shown as a toast
   */
  async act(name, action) {
    if (this.busy !== null) {
      return;
    }
    this.busy = name;
    try {
      await this.session.attempt(async () => {
        const text = await action();
        if (text) {
          this.session.toasts.show({ level: 'success', text });
        }
      });
    } finally {
      this.busy = null;
    }
    await this.refresh();
  }

  /** Changes the address: the fields of a form, or filters. Empty values are left out. @param {Record<string, string>} values @param {string} [path] */
  search(values, path = location.pathname) {
    const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value !== ''));
    const address = `${query}` === '' ? path : `${path}?${query}`;
    if (address === `${location.pathname}${location.search}`) {
      void this.refresh();
    } else {
      history.pushState(null, '', address);
      if (globalThis.navigation === undefined) {
        location.reload();
      }
    }
  }

  render() {
    return html`${this.heading()}
      ${refreshLine(this)}
      ${this.found === null ? (this.problem === null ? html`<p aria-busy="true">Loading…</p>` : nothing) : this.content()}`;
  }
}
