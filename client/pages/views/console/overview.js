import { html } from 'lit';
import { ConsolePage } from './console-page.js';

/** The way of an event, and how each step of it is now. */
class ConsoleOverview extends ConsolePage {
  every = 0;

  heading() {
    return html`<hgroup><h1 tabindex="-1">Overview</h1><p>The way of an event, and how each step of it is now.</p></hgroup>`;
  }

  content() {
    return html`<p class="empty">This page has nothing to show yet.</p>`;
  }

  async load() {
    return {};
  }
}

customElements.define('console-overview', ConsoleOverview);
