import { LitElement } from 'lit';

/** A page, drawn into the document itself so that its style sheets apply, and again when something changes that it watches. */
export class Page extends LitElement {
  static properties = { session: { attribute: false } };

  /** @type {(() => void)[]} */
  #ends = [];

  createRenderRoot() {
    return this;
  }

  /** @returns {readonly { subscribe: (watcher: () => void) => () => void }[]} */
  watched() {
    return [];
  }

  connectedCallback() {
    super.connectedCallback();
    this.#ends = this.watched().map((watched) => watched.subscribe(() => this.requestUpdate()));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#ends.forEach((end) => end());
  }
}
