import { html } from 'lit';
import { ConsolePage } from './console-page.js';

/** Purchases that wait for a trainer. */
class ConsoleWaiting extends ConsolePage {
  every = 0;

  heading() {
    return html`<hgroup><h1 tabindex="-1">Waiting</h1><p>Purchases that wait for a trainer.</p></hgroup>`;
  }

  content() {
    return html`<p class="empty">This page has nothing to show yet.</p>`;
  }

  async load() {
    return {};
  }
}

customElements.define('console-waiting', ConsoleWaiting);
