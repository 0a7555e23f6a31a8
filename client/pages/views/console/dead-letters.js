import { html } from 'lit';
import { ConsolePage } from './console-page.js';

/** Events that a consumer gave up on. */
class ConsoleDeadLetters extends ConsolePage {
  every = 0;

  heading() {
    return html`<hgroup><h1 tabindex="-1">Dead letters</h1><p>Events that a consumer gave up on.</p></hgroup>`;
  }

  content() {
    return html`<p class="empty">This page has nothing to show yet.</p>`;
  }

  async load() {
    return {};
  }
}

customElements.define('console-dead-letters', ConsoleDeadLetters);
