import { html } from 'lit';
import { ConsolePage } from './console-page.js';

/** Who is connected, since when, and how far each stream is. */
class ConsoleConnections extends ConsolePage {
  every = 0;

  heading() {
    return html`<hgroup><h1 tabindex="-1">Connections</h1><p>Who is connected, since when, and how far each stream is.</p></hgroup>`;
  }

  content() {
    return html`<p class="empty">This page has nothing to show yet.</p>`;
  }

  async load() {
    return {};
  }
}

customElements.define('console-connections', ConsoleConnections);
