/**
 * Answers for the pages when the network does not. Each page and file is fetched from the network first; what came last
 * time is the answer if there is no network, if it takes too long, or if the server fails. The state that a page then shows
 * is its own, from IndexedDB.
 *
 * Only files that are the same for everybody are kept: the document behind all pages, scripts, style sheets, and the pages'
 * settings. Answers of the API are neither kept nor touched, nor is any request with a token. Keys are paths without their
 * query.
 *
 * A document and its files belong together: a page whose document was kept gets the files that were kept with it.
 */

/** Another number when what is kept, or how, changes: older caches are deleted. */
const CACHE = 'tidings-pages-1';

/** All show the same document; PagesIT compares them with PageController's. */
const PAGES = [
  '/', '/home', '/learnings', '/trainer', '/tasks', '/orders', '/admin', '/notifications',
  '/console', '/console/journey', '/console/connections', '/console/dead-letters', '/console/rejected-events', '/console/waiting', '/console/payments', '/console/audit',
];

const FILES = /^\/(?:pages|client|webjars)\/|^\/config\.json$/;

/** How long the network may take for a document, or for a file, while there is an answer already (ms). */
const DOCUMENT_WITHIN = 4_000;
const FILE_WITHIN = 20_000;

/** How long the look for that answer may take (ms). */
const STORAGE_WITHIN = 2_000;

/** Pages whose document was a kept one. @type {Set<string>} */
const pagesFromCache = new Set();

self.addEventListener('install', () => self.skipWaiting());

self.addEventListener('activate', (event) => event.waitUntil(takeOver()));

self.addEventListener('fetch', (event) => {
  const key = keyOf(event.request);
  if (key !== null) {
    event.respondWith(answer(event, key));
  }
});

/** A page tells which files it consists of. */
self.addEventListener('message', (event) => {
  if (Array.isArray(event.data?.keep)) {
    event.waitUntil(keepAll(event.data.keep).catch((error) => console.info('[Pages] Not everything is kept for a start without a network:', error)));
  }
});

/** @param {Request} request @returns {string | null} under which it is kept; null if it is none of the worker's business */
function keyOf({ method, url, mode, headers }) {
  const { origin, pathname, search } = new URL(url);
  if (method !== 'GET' || origin !== self.location.origin || headers.has('Authorization')) {
    return null;
  }
  if (mode === 'navigate') {
    return PAGES.includes(pathname) ? '/' : null;
  }
  return FILES.test(pathname) && search === '' ? pathname : null;
}

async function answer(event, key) {
  const belongsToKept = pagesFromCache.has(event.clientId) ? await kept(key) : undefined;
  if (belongsToKept !== undefined) {
    return belongsToKept;
  }
  const network = fetch(event.request);
  event.waitUntil(network.then((response) => keep(key, response)).catch(() => {}));
  const fallback = await kept(key);
  if (fallback === undefined) {
    return network;
  }
  const isDocument = event.request.mode === 'navigate';
  const response = await Promise.race([network, afterwards(isDocument ? DOCUMENT_WITHIN : FILE_WITHIN)]).catch(() => undefined);
  if (response !== undefined && response.status < 500) {
    return response;
  }
  if (isDocument) {
    pagesFromCache.add(event.resultingClientId);
  }
  return fallback;
}

/** @param {number} ms @returns {Promise<undefined>} */
function afterwards(ms) {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), ms));
}

/** @param {string} key @returns {Promise<Response | undefined>} */
async function kept(key) {
  try {
    return await Promise.race([caches.open(CACHE).then((cache) => cache.match(key)), afterwards(STORAGE_WITHIN)]);
  } catch {
    // Storage is forbidden, or full.
    return undefined;
  }
}

/** @param {string} key @param {Response} response whose body nobody has read yet */
async function keep(key, response) {
  const copy = response.clone();
  const isDocument = key !== '/' || /^text\/html\b/.test(response.headers.get('Content-Type') ?? '');
  if (response.status === 200 && response.type === 'basic' && !response.redirected && isDocument) {
    await (await caches.open(CACHE)).put(key, copy);
  }
}

/** @param {unknown[]} urls of all files of the page; what belongs to none of them is of an older version */
async function keepAll(urls) {
  const keys = urls
    .map((url) => new URL(String(url)))
    .filter(({ origin, pathname, search }) => origin === self.location.origin && FILES.test(pathname) && search === '')
    .map(({ pathname }) => pathname);
  const all = new Set(['/', '/config.json', ...keys]);
  const cache = await caches.open(CACHE);
  for (const { url } of await cache.keys()) {
    if (!all.has(new URL(url).pathname)) {
      await cache.delete(url);
    }
  }
  await Promise.all([...all].map(async (key) => (await cache.match(key)) ?? keep(key, await fetch(key))));
}

async function takeOver() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith('tidings-pages-') && name !== CACHE).map((name) => caches.delete(name)));
  await self.clients.claim();
}
