import { html } from 'lit';
import { ConsolePage } from './console-page.js';

/** Events that the WebSocket service could not accept, in quarantine. */
class ConsoleRejectedEvents extends ConsolePage {
  every = 0;

  heading() {
    return html`<hgroup><h1 tabindex="-1">Rejected events</h1><p>Events that the WebSocket service could not accept, in quarantine.</p></hgroup>`;
  }

  content() {
    return html`<p class="empty">This page has nothing to show yet.</p>`;
  }

  async load() {
    return {};
  }
}

customElements.define('console-rejected-events', ConsoleRejectedEvents);
