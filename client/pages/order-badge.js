import { html } from 'lit';
import { capital } from './words.js';

/** A status in its colour. @param {string} status */
export const badge = (status) => html`<span class="badge ${status}">${capital(status)}</span>`;
