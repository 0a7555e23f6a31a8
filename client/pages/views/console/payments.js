import { html } from 'lit';
import { ConsolePage } from './console-page.js';

/** Confirmed payments that have no purchase. */
class ConsolePayments extends ConsolePage {
  every = 0;

  heading() {
    return html`<hgroup><h1 tabindex="-1">Payments</h1><p>Confirmed payments that have no purchase.</p></hgroup>`;
  }

  content() {
    return html`<p class="empty">This page has nothing to show yet.</p>`;
  }

  async load() {
    return {};
  }
}

customElements.define('console-payments', ConsolePayments);
