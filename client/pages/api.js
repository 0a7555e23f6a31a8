/**
 * The API as the pages use it: JSON in and out, and every refusal an error that a person can read.
 */

import { retryAfterMs } from '@tidings/client';

/** How long an answer may take (ms). */
const ANSWER_WITHIN = 20_000;

/** A request that was refused, or that never got there. */
export class Refusal extends Error {
  /**
   * @param {string} message for a person
   * @param {number} [status] 0 if there was no answer
   * @param {readonly { field: string, message: string }[]} [errors] what was wrong with which field
   * @param {number} [retryAfter] when the service wants to be asked again, in ms
   */
  constructor(message, status = 0, errors = [], retryAfter) {
    super(message);
    this.status = status;
    this.errors = errors;
    this.retryAfterMs = retryAfter;
  }

  /** Whether a field, or a part of it, was refused. @param {string} field */
  blames(field) {
    return this.errors.some((error) => error.field === field || error.field.startsWith(`${field}.`));
  }
}

/** Pages of a list that are read at most; 100 items each. */
const MOST_PAGES = 5;

/**
 * @param {object} options
 * @param {string} options.apiUrl
 * @param {string} options.socketUrl
 * @param {(request: { reason: 'poll' | 'expired' }) => Promise<string | null>} options.token
 */
export function createApi({ apiUrl, socketUrl, token }) {
  return {
    get: (/** @type {string} */ path) => call('GET', path),
    /** A request with a key is carried out once, however often it is sent. */
    post: (/** @type {string} */ path, /** @type {object} */ body = {}, /** @type {string} */ key = '') => call('POST', path, body, apiUrl, key),
    put: (/** @type {string} */ path, /** @type {object} */ body) => call('PUT', path, body),
    patch: (/** @type {string} */ path, /** @type {object} */ body) => call('PATCH', path, body),
    remove: (/** @type {string} */ path) => call('DELETE', path),

    /** Who is connected, as the WebSocket service counts. @returns {Promise<any>} */
    stats: () => call('GET', '/stats', undefined, new URL(socketUrl.replace(/^ws/, 'http')).origin),

    /** All items of a list, as far as a page shows them. @param {string} path @returns {Promise<any[]>} */
    async all(path) {
      const items = [];
      let cursor = '';
      for (let pages = 0; pages < MOST_PAGES; pages++) {
        const next = cursor && `&cursor=${encodeURIComponent(cursor)}`;
        const page = await call('GET', `${path}${path.includes('?') ? '&' : '?'}limit=100${next}`);
        items.push(...page.items);
        cursor = page.nextCursor;
        if (!cursor) {
          break;
        }
      }
      return items;
    },
  };

  /** @param {string} method @param {string} path @param {object} [body] @param {string} [server] @param {string} [key] @returns {Promise<any>} */
  async function call(method, path, body, server = apiUrl, key = '') {
    let response = await send(method, `${server}${path}`, body, key, await token({ reason: 'poll' }));
    if (response.status === 401) {
      response = await send(method, `${server}${path}`, body, key, await token({ reason: 'expired' }));
    }
    if (!response.ok) {
      const problem = await answered(response.json().catch(() => ({})));
      throw refusal(response.status, problem, retryAfterMs(response.headers, Date.now()));
    }
    return response.status === 204 ? null : answered(response.json());
  }

  /** @param {string} method @param {string} url @param {object | undefined} body @param {string} key @param {string | null} bearer */
  function send(method, url, body, key, bearer) {
    return request(url, {
      method,
      headers: {
        Authorization: `Bearer ${bearer}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(key === '' ? {} : { 'Idempotency-Key': key }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: 'no-store',
    });
  }
}

/** A token of any user, where the backend plays that it is allowed. @param {string} apiUrl @param {string} user @param {string} role */
export async function demoToken(apiUrl, user, role) {
  const response = await request(`${apiUrl}/api/v1/demo/token`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ user, role }),
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw refusal(response.status, answer);
  }
  return answer.token;
}

/** @param {string} url @param {RequestInit} options */
async function request(url, options) {
  try {
    return await answered(fetch(url, options));
  } catch (error) {
    throw error instanceof Refusal
      ? error
      : new Refusal('The service cannot be reached just now. Nothing was changed; try again in a moment.');
  }
}

/** @template T @param {Promise<T>} answer @returns {Promise<T>} rejects if it takes too long */
async function answered(answer) {
  let timer;
  const late = new Promise((_, reject) => {
    const text = 'The service does not answer. Whether anything was changed is shown as soon as it does.';
    timer = setTimeout(() => reject(new Refusal(text)), ANSWER_WITHIN);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What these pages must be told before they can begin. @returns {Promise<import('./session.js').Config>} */
export async function settings() {
  const response = await request('/config.json', {});
  if (!response.ok) {
    throw refusal(response.status, {});
  }
  return answered(response.json());
}

/** @param {number} status @param {any} problem a problem document (RFC 9457) @param {number} [retryAfter] in ms */
export function refusal(status, problem, retryAfter) {
  const errors = Array.isArray(problem.errors) ? problem.errors : [];
  if (errors.length > 0) {
    const sentences = errors.map((/** @type {any} */ { field, message }) => sentence(`${label(field)} ${message}`));
    return new Refusal(sentences.join(' '), status, errors, retryAfter);
  }
  if (status === 401) {
    return new Refusal('Your session has ended. Sign out, and sign in again.', status);
  }
  return new Refusal(sentence(problem.detail ?? `the service answered ${status}`), status, [], retryAfter);
}

/** `items[0].unitPrice` → `Item 1: unit price`. @param {string} field */
function label(field) {
  const name = (/** @type {string} */ text) => text.replaceAll('_', ' ').replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  const item = /^items\[(\d+)\]\.?(.*)$/.exec(field);
  return item ? `Item ${Number(item[1]) + 1}: ${name(item[2] ?? '')}` : name(field);
}

/** @param {string} text */
function sentence(text) {
  const start = text.trim();
  return start.charAt(0).toUpperCase() + start.slice(1) + (/[.!?]$/.test(start) ? '' : '.');
}
