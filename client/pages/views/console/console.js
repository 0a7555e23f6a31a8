/** The frame of the operator's console: its menu, and the page that the address names. */

import { html, LitElement, nothing } from 'lit';
import './overview.js';
import './journey.js';
import './connections.js';
import './dead-letters.js';
import './rejected-events.js';
import './waiting.js';
import './payments.js';
import './audit.js';

/**
 * @typedef {import('../../session.js').Session} Session
 * @typedef {(session: Session, query: URLSearchParams) => unknown} View
 */

/** In the order of the menu. @type {readonly { path: string, title: string, view: View }[]} */
export const CONSOLE_PAGES = [
  { path: '/console', title: 'Overview', view: (session, query) => html`<console-overview .session=${session} .query=${query}></console-overview>` },
  { path: '/console/journey', title: 'Journey', view: (session, query) => html`<console-journey .session=${session} .query=${query}></console-journey>` },
  { path: '/console/connections', title: 'Connections', view: (session, query) => html`<console-connections .session=${session} .query=${query}></console-connections>` },
  { path: '/console/dead-letters', title: 'Dead letters', view: (session, query) => html`<console-dead-letters .session=${session} .query=${query}></console-dead-letters>` },
  { path: '/console/rejected-events', title: 'Rejected events', view: (session, query) => html`<console-rejected-events .session=${session} .query=${query}></console-rejected-events>` },
  { path: '/console/waiting', title: 'Waiting', view: (session, query) => html`<console-waiting .session=${session} .query=${query}></console-waiting>` },
  { path: '/console/payments', title: 'Payments', view: (session, query) => html`<console-payments .session=${session} .query=${query}></console-payments>` },
  { path: '/console/audit', title: 'Audit', view: (session, query) => html`<console-audit .session=${session} .query=${query}></console-audit>` },
];

class ConsoleFrame extends LitElement {
  static properties = { session: { attribute: false }, path: { attribute: false }, query: { attribute: false } };

  constructor() {
    super();
    /** @type {any} */
    this.session = null;
    this.path = '/console';
    this.query = new URLSearchParams();
  }

  createRenderRoot() {
    return this;
  }

  /** Where the browser has to go on: the heading of the page is there once the page has drawn itself. */
  async getUpdateComplete() {
    const done = await super.getUpdateComplete();
    await /** @type {any} */ (this.querySelector('.console > *'))?.updateComplete;
    return done;
  }

  render() {
    const page = CONSOLE_PAGES.find(({ path }) => path === this.path);
    return html`<nav class="tabs" aria-label="Console"><ul>${CONSOLE_PAGES.map(({ path, title }) => html`<li>
        <a href=${path} aria-current=${path === this.path ? 'page' : nothing}>${title}</a></li>`)}</ul></nav>
      <div class="console">${page?.view(this.session, this.query)}</div>`;
  }
}

customElements.define('console-frame', ConsoleFrame);
