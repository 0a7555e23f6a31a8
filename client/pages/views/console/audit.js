import { html } from 'lit';
import { ConsolePage } from './console-page.js';

/** Every event in the order of its recording, in a chain that shows changes. */
class ConsoleAudit extends ConsolePage {
  every = 0;

  heading() {
    return html`<hgroup><h1 tabindex="-1">Audit</h1><p>Every event in the order of its recording, in a chain that shows changes.</p></hgroup>`;
  }

  content() {
    return html`<p class="empty">This page has nothing to show yet.</p>`;
  }

  async load() {
    return {};
  }
}

customElements.define('console-audit', ConsoleAudit);
