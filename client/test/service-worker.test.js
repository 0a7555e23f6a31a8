import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { settle } from './support/world.js';

const source = readFileSync(new URL('../pages/service-worker.js', import.meta.url), 'utf8');
const ORIGIN = 'http://pages.example';

/** The worker with a network, a cache and timers of the test's own. */
function start({ network, storage = {} } = {}) {
  const listeners = new Map();
  const stores = new Map(Object.entries(storage).map(([name, entries]) => [name, new Map(Object.entries(entries))]));
  const timers = [];
  const open = async (name) => {
    const entries = stores.get(name) ?? new Map();
    stores.set(name, entries);
    return {
      match: async (key) => entries.get(key)?.clone(),
      put: async (key, response) => void entries.set(key, response),
      delete: async (url) => entries.delete(new URL(url, ORIGIN).pathname),
      keys: async () => [...entries.keys()].map((key) => ({ url: ORIGIN + key })),
    };
  };
  const caches = { open, keys: async () => [...stores.keys()], delete: async (name) => stores.delete(name) };
  const world = { caches, network, requested: [] };
  const self = { location: { origin: ORIGIN }, addEventListener: (name, listener) => listeners.set(name, listener), skipWaiting: () => {}, clients: { claim: async () => {} } };
  const fetch = async (request) => {
    const path = new URL(request.url ?? request, ORIGIN).pathname;
    world.requested.push(path);
    return world.network(path);
  };
  const lateCaches = new Proxy({}, { get: (_, name) => world.caches[name] });
  new Function('self', 'fetch', 'caches', 'setTimeout', source)(self, fetch, lateCaches, (task) => timers.push(task));
  return {
    ...world,
    stores,
    set: (changes) => Object.assign(world, changes),
    late: () => timers.splice(0).forEach((task) => task()),
    async say(name, event = {}) {
      const waits = [];
      listeners.get(name)({ ...event, waitUntil: (promise) => waits.push(promise) });
      await Promise.all(waits);
    },
    /** @returns what the page gets; undefined if the worker leaves the request alone */
    get(path, { mode = 'cors', method = 'GET', headers = {}, ...client } = {}) {
      let answer;
      const request = { url: new URL(path, ORIGIN).href, mode, method, headers: new Headers(headers) };
      listeners.get('fetch')({ request, ...client, waitUntil: () => {}, respondWith: (promise) => (answer = promise) });
      return answer;
    },
  };
}

/** As the network gives it to a worker. */
function file(text, type = 'text/javascript', status = 200) {
  const response = new Response(text, { status, headers: { 'Content-Type': type } });
  Object.defineProperty(response, 'type', { value: 'basic' });
  const { clone } = response;
  response.clone = () => Object.defineProperty(clone.call(response), 'type', { value: 'basic' });
  return response;
}

const online = (path) => (path.startsWith('/pages/') ? file(`file ${path}`) : file('the document', 'text/html;charset=UTF-8'));
const offline = async () => Promise.reject(new TypeError('Failed to fetch'));
const text = async (answer) => (await answer).text();
const visit = { mode: 'navigate' };

test('every page opens without a network, and so do its files, once they were seen', async () => {
  const worker = start({ network: online });
  await worker.say('message', { data: { keep: [`${ORIGIN}/pages/app.js`, `${ORIGIN}/api/v1/orders`, 'http://elsewhere/pages/x.js'] } });
  worker.set({ network: offline });
  assert.equal(await text(worker.get('/orders?token=secret', visit)), 'the document');
  assert.equal(await text(worker.get('/home', visit)), 'the document');
  assert.equal(await text(worker.get('/pages/app.js')), 'file /pages/app.js');
  assert.deepEqual([...worker.stores.get('tidings-pages-1').keys()].sort(), ['/', '/config.json', '/pages/app.js']);
  await assert.rejects(worker.get('/pages/never-seen.js'));
});

test('with a network the newest counts, and is kept', async () => {
  const worker = start({ network: online });
  assert.equal(await text(worker.get('/home', visit)), 'the document');
  worker.set({ network: () => file('a newer document', 'text/html') });
  assert.equal(await text(worker.get('/home', visit)), 'a newer document');
  await settle();
  worker.set({ network: offline });
  assert.equal(await text(worker.get('/', visit)), 'a newer document');
});

test('a server that fails, or does not answer, is stood in for', async () => {
  const worker = start({ network: online });
  await worker.say('message', { data: { keep: [] } });
  worker.set({ network: () => file('{}', 'application/problem+json', 503) });
  assert.equal(await text(worker.get('/home', visit)), 'the document');
  worker.set({ network: () => new Promise(() => {}) });
  const answer = worker.get('/home', visit);
  await settle();
  worker.late();
  assert.equal(await text(answer), 'the document');
  assert.equal(await text(worker.stores.get('tidings-pages-1').get('/').clone()), 'the document');
});

test('the API, tokens, writes, other origins and unknown addresses are left alone', () => {
  const worker = start({ network: online });
  assert.equal(worker.get('/api/v1/orders'), undefined);
  assert.equal(worker.get('/health', visit), undefined);
  assert.equal(worker.get('/nothing', visit), undefined);
  assert.equal(worker.get('/pages/app.js', { method: 'POST' }), undefined);
  assert.equal(worker.get('/pages/app.js', { headers: { Authorization: 'Bearer x' } }), undefined);
  assert.equal(worker.get('http://elsewhere/pages/app.js'), undefined);
  assert.equal(worker.get('/pages/app.js?token=x'), undefined);
});

test('what is no page is not kept as one', async () => {
  for (const bad of [file('{}', 'application/json'), file('gone', 'text/html', 404)]) {
    const worker = start({ network: () => bad });
    await worker.get('/home', visit);
    await settle();
    assert.equal(worker.stores.get('tidings-pages-1')?.has('/') ?? false, false);
  }
});

test('caches of older versions, and files that the pages no longer have, are deleted', async () => {
  const worker = start({ network: online, storage: { 'tidings-pages-0': {}, 'of somebody else': {}, 'tidings-pages-1': { '/pages/gone.js': file('old') } } });
  await worker.say('activate');
  await worker.say('message', { data: { keep: [] } });
  assert.deepEqual([...worker.stores.keys()].sort(), ['of somebody else', 'tidings-pages-1']);
  assert.deepEqual([...worker.stores.get('tidings-pages-1').keys()].sort(), ['/', '/config.json']);
});

test('where nothing can be kept, or the storage does not answer, the network still does', async () => {
  const refuse = () => Promise.reject(new DOMException('The operation is insecure.', 'SecurityError'));
  for (const open of [refuse, () => { throw new Error('no'); }, () => new Promise(() => {})]) {
    const worker = start({ network: online });
    worker.set({ caches: { open } });
    const answer = worker.get('/home', visit);
    await settle();
    worker.late();
    assert.equal(await text(answer), 'the document');
  }
});

test('files of a kept document are the kept ones, and those of a new document the new ones', async () => {
  const worker = start({ network: online });
  await worker.say('message', { data: { keep: [`${ORIGIN}/pages/app.js`] } });
  worker.set({ network: offline });
  assert.equal(await text(worker.get('/home', { ...visit, resultingClientId: 'old' })), 'the document');
  worker.set({ network: () => file('newer') });
  assert.equal(await text(worker.get('/pages/app.js', { clientId: 'old' })), 'file /pages/app.js');
  worker.set({ network: () => file('newer document', 'text/html') });
  assert.equal(await text(worker.get('/home', { ...visit, resultingClientId: 'new' })), 'newer document');
  worker.set({ network: () => file('newer') });
  assert.equal(await text(worker.get('/pages/app.js', { clientId: 'new' })), 'newer');
});
