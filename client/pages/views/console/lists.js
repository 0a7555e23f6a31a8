/** What the console's lists have in common: forms for filters, links to pages, questions before an action. No state. */

import { html, nothing } from 'lit';
import { capital } from '../../words.js';
import { fieldsOf } from './parts.js';

/**
 * A form whose fields become the address.
 * @param {import('./console-page.js').ConsolePage} page
 * @param {readonly { name: string, title: string, options?: readonly string[], type?: string }[]} fields
 */
export function filterForm(page, fields) {
  return html`<form class="filters" aria-label="Filters" @submit=${(/** @type {SubmitEvent} */ event) => page.search(fieldsOf(event))}>
    ${fields.map(({ name, title, options, type }) => html`<label>${title}
      ${options
        ? html`<select name=${name} .value=${page.query.get(name) ?? options[0] ?? ''}>${options.map((option) => html`<option value=${option} ?selected=${option === (page.query.get(name) ?? options[0])}>${capital(option)}</option>`)}</select>`
        : html`<input name=${name} type=${type ?? 'text'} maxlength="256" autocomplete="off" .value=${page.query.get(name) ?? ''}>`}</label>`)}
    <button class="secondary outline">Show</button></form>`;
}

/** Links to the other pages of a list. @param {URLSearchParams} query @param {string | null | undefined} nextCursor @param {string} [path] */
export function pager(query, nextCursor, path = location.pathname) {
  const address = (/** @type {string} */ cursor) => {
    const next = new URLSearchParams(query);
    next.delete('cursor');
    if (cursor) {
      next.set('cursor', cursor);
    }
    return `${next}` === '' ? path : `${path}?${next}`;
  };
  if (!nextCursor && !query.has('cursor')) {
    return nothing;
  }
  return html`<nav class="pager row" aria-label="Pages of the list">
    ${query.has('cursor') ? html`<a href=${address('')}>First page</a>` : nothing}
    ${nextCursor ? html`<a href=${address(nextCursor)}>Next page</a>` : html`<span class="muted">This is the last page.</span>`}</nav>`;
}

/**
 * A button that asks before it acts.
 * @param {{ asked: string, busy: string | null }} page whose `asked` is the name of the open question
 * @param {{ name: string, text: string, label: string, question: string, yes: string, act: () => void, ask?: () => void }} action
 */
export function asking(page, { name, text, label, question, yes, act, ask }) {
  if (page.asked !== name) {
    return html`<button class="small secondary outline" aria-label=${label} ?disabled=${page.busy !== null}
      @click=${() => {
        ask?.();
        page.asked = name;
      }}>${text}</button>`;
  }
  return html`<span class="question row" role="group" aria-label=${question}><span>${question}</span>
    <button class="small" ?disabled=${page.busy !== null} aria-busy=${page.busy === name} @click=${act}>${yes}</button>
    <button class="small secondary outline" ?disabled=${page.busy !== null} @click=${() => (page.asked = '')}>No</button></span>`;
}
