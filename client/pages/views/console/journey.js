import { html } from 'lit';
import { ConsolePage } from './console-page.js';

/** Where an event is, or the events of a user, step by step. */
class ConsoleJourney extends ConsolePage {
  every = 0;

  heading() {
    return html`<hgroup><h1 tabindex="-1">Journey</h1><p>Where an event is, or the events of a user, step by step.</p></hgroup>`;
  }

  content() {
    return html`<p class="empty">This page has nothing to show yet.</p>`;
  }

  async load() {
    return {};
  }
}

customElements.define('console-journey', ConsoleJourney);
