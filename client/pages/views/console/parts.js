/** What the console's pages have in common: problem messages, tables, facts, empty lists. */

import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { dayAndTime } from '../../words.js';

const CLOCK = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const NUMBER = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** `12,345.6`; `–` for what is not known. @param {number | null | undefined} value */
export function figure(value) {
  return value === null || value === undefined ? '–' : NUMBER.format(value);
}

/** `340 ms`, `2.1 s`, `5 min`, `3 h`, `2 d`. @param {number | null | undefined} ms */
export function span(ms) {
  if (ms === null || ms === undefined) {
    return '–';
  }
  for (const [length, unit] of /** @type {[number, string][]} */ ([[86_400_000, 'd'], [3_600_000, 'h'], [60_000, 'min'], [1_000, 's']])) {
    if (ms >= length) {
      return `${NUMBER.format(Math.round((ms / length) * 10) / 10)} ${unit}`;
    }
  }
  return `${NUMBER.format(Math.round(ms * 10) / 10)} ms`;
}

/** The time of day with seconds, the date as its title. @param {string | null | undefined} instant ISO 8601 */
export function moment(instant) {
  return instant ? html`<time datetime=${instant} title=${`${dayAndTime(instant)} (${instant})`}>${CLOCK.format(new Date(instant))}</time>` : html`–`;
}

/** An id, whole, in a font that shows it exactly. @param {string | null | undefined} id @param {string} [href] */
export function ident(id, href) {
  const text = html`<code class="ident">${id ?? '–'}</code>`;
  return id && href ? html`<a href=${href}>${text}</a>` : text;
}

/** `/console/journey?id=…` of an event, a correlation id or a user. @param {string} id */
export function journeyOf(id) {
  return `/console/journey?${new URLSearchParams({ id })}`;
}

/**
 * What is wrong with the data on the page, in words, with the next step.
 * @param {{ problem: import('../../api.js').Refusal | null, found: unknown, ended: boolean, refresh: () => Promise<void>, dispatchEvent: (event: Event) => boolean }} page
 */
export function refreshLine(page) {
  const { problem, found, ended } = page;
  if (problem === null) {
    return nothing;
  }
  if (ended) {
    return html`<div class="problem row" role="alert" data-ended><span class="grow">Your session has ended${found === null ? '' : ', and what you see is as it was before'}. Sign in again to go on; this page stays where it is.</span>
      <button class="small" @click=${() => page.dispatchEvent(new CustomEvent('sign-in-again', { bubbles: true }))}>Sign in again</button></div>`;
  }
  return html`<div class="problem row" role="alert"><span class="grow">${found === null ? '' : 'This may be out of date: '}${problem.message}</span>
    <button class="small secondary outline" @click=${() => page.refresh()}>Try again</button></div>`;
}

/**
 * A table that scrolls sideways by itself on a phone and can be focused to scroll it by keyboard.
 * @template T
 * @param {string} label what it lists, for screen readers
 * @param {readonly { title: string, cell: (row: T) => unknown, numeric?: boolean }[]} columns
 * @param {readonly T[]} rows
 * @param {(row: T) => string} key
 * @param {string} [none] said when there is no row
 */
export function table(label, columns, rows, key, none = 'There are none.') {
  if (rows.length === 0) {
    return html`<p class="empty">${none}</p>`;
  }
  return html`<div class="table" role="region" aria-label=${label} tabindex="0"><table>
    <thead><tr>${columns.map(({ title, numeric }) => html`<th scope="col" class=${numeric ? 'numeric' : nothing}>${title}</th>`)}</tr></thead>
    <tbody>${repeat(rows, key, (row) => html`<tr data-id=${key(row)}>${columns.map(
      ({ cell, numeric }) => html`<td class=${numeric ? 'numeric' : nothing}>${cell(row)}</td>`)}</tr>`)}</tbody></table></div>`;
}

/** Names with their values. @param {readonly (readonly [string, unknown])[]} facts */
export function factList(facts) {
  return html`<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value ?? '–'}</dd></div>`)}</dl>`;
}

/** @param {unknown} payload shown as text, whatever is in it */
export function payloadOf(payload) {
  return html`<pre class="payload" tabindex="0">${typeof payload === 'string' ? payload : JSON.stringify(payload, null, 2)}</pre>`;
}

/** The fields of a submitted form. @param {SubmitEvent} event @returns {Record<string, string>} */
export function fieldsOf(event) {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.target);
  return Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value).trim()]));
}
