/** What the console's lists say, and how they ask. Pure, so that it is tested without a browser. */

import { capital } from '../../words.js';

const NUMBER = new Intl.NumberFormat('en');
const figure = (/** @type {number} */ value) => NUMBER.format(value);

/** Items on a page of a list. */
const ITEMS = 50;

/** The path of one page of a list, with the filters that the address names. @param {string} path @param {URLSearchParams} query @param {readonly string[]} filters */
export function listPath(path, query, filters) {
  const parameters = new URLSearchParams({ limit: `${ITEMS}` });
  for (const name of [...filters, 'cursor']) {
    const value = query.get(name);
    if (value) {
      parameters.set(name, value);
    }
  }
  return `${path}?${parameters}`;
}

/** The filters that the address names. @param {URLSearchParams} query @param {readonly string[]} filters @returns {Record<string, string>} */
export function filtersOf(query, filters) {
  return Object.fromEntries(filters.flatMap((name) => (query.get(name) ? [[name, query.get(name) ?? '']] : [])));
}

/** A key that no other request has, also where `crypto.randomUUID` is missing. */
export function newKey() {
  return `console-${Date.now()}-${Math.random().toString(36).slice(2)}`;
}

const BROWSERS = /** @type {const} */ ([['Edg/', 'Edge'], ['OPR/', 'Opera'], ['Firefox/', 'Firefox'], ['Chrome/', 'Chrome'], ['Safari/', 'Safari']]);
const SYSTEMS = /** @type {const} */ ([['Windows', 'Windows'], ['Android', 'Android'], ['iPhone', 'iPhone'], ['iPad', 'iPad'], ['Mac OS X', 'Mac'], ['Linux', 'Linux']]);

/** `Chrome on Windows` of a browser; the beginning of any other user agent. @param {string} userAgent */
export function deviceOf(userAgent) {
  const found = (/** @type {readonly (readonly [string, string])[]} */ names) => names.find(([mark]) => userAgent.includes(mark))?.[1];
  const browser = found(BROWSERS);
  if (!browser) {
    return userAgent === '' ? 'Unknown client' : userAgent.slice(0, 60);
  }
  const system = found(SYSTEMS);
  return system ? `${browser} on ${system}` : browser;
}

/** What a job on dead letters has done so far, in words. @param {any} job */
export function jobText({ action, requestedBy, status, matching, succeeded, failed, waitsFor }) {
  const done = `${figure(succeeded + failed)} of ${matching === null ? 'more than 100,000' : figure(matching)} handled`;
  const again = failed > 0 ? `, ${figure(failed)} failed again` : '';
  const state = waitsFor ? `waits: ${waitsFor}` : status;
  return `${capital(action)} by ${requestedBy}: ${done}${again}; ${state}`;
}

/** The filter of a job in words. @param {{ consumer: string | null, topic: string | null, eventType: string | null }} filter */
export function filterText({ consumer, topic, eventType }) {
  const parts = [consumer && `of ${consumer}`, topic && `on ${topic}`, eventType && `of type ${eventType}`].filter(Boolean);
  return parts.length === 0 ? 'all open letters' : `open letters ${parts.join(', ')}`;
}

/** @param {{ running: boolean, checked: number, entries: number, fault: { number: number, what: string } | null, problem: string }} check */
export function checkText({ running, checked, entries, fault, problem }) {
  if (fault) {
    return `The chain is broken at entry ${figure(fault.number)}: ${fault.what}.`;
  }
  if (problem) {
    return `The check stopped at entry ${figure(checked)}: ${problem}`;
  }
  return running
    ? `${figure(checked)} of ${figure(entries)} entries checked…`
    : `The chain is intact: ${figure(entries)} ${entries === 1 ? 'entry' : 'entries'} checked.`;
}
