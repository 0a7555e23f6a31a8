import assert from 'node:assert/strict';
import test from 'node:test';
import { environment } from '../src/environment.js';
import { createLearning, createTidings, createToasts } from '../src/index.js';
import { FakeSocket, createWorld, greet, settle } from './support/world.js';

const insecure = () => {
  throw new DOMException('The operation is insecure.', 'SecurityError');
};

/** Replaces globals for a while; a function is a getter. */
async function withGlobals(globals, work) {
  const before = Object.keys(globals).map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]);
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { configurable: true, ...(typeof value === 'function' ? { get: value } : { value }) });
  }
  try {
    return await work();
  } finally {
    for (const [name, descriptor] of before) {
      descriptor ? Object.defineProperty(globalThis, name, descriptor) : delete globalThis[name];
    }
  }
}

class Socket extends FakeSocket {
  constructor(url) {
    super(url);
    queueMicrotask(() => greet(this));
  }
}

const page = { document: { addEventListener: insecure, removeEventListener: insecure }, window: { addEventListener: insecure, removeEventListener: insecure } };

const BROWSERS = {
  'nothing but a WebSocket': Object.fromEntries(['indexedDB', 'BroadcastChannel', 'navigator', 'performance', 'AbortController', 'structuredClone', 'localStorage', 'document', 'window'].map((name) => [name, undefined])),
  'every global throws at access': Object.fromEntries(['indexedDB', 'BroadcastChannel', 'navigator', 'performance', 'AbortController', 'structuredClone', 'document', 'window', 'fetch'].map((name) => [name, insecure])),
  'a page that may listen to nothing': page,
  'a page whose features throw at access': { ...page, indexedDB: insecure, BroadcastChannel: insecure, navigator: insecure, performance: insecure, AbortController: insecure },
  'a page without a document': { window: page.window, document: undefined, performance: { now: insecure } },
};

for (const [name, globals] of Object.entries(BROWSERS)) {
  test(`by its globals: ${name}`, (t) =>
    withGlobals({ ...globals, WebSocket: undefined }, async () => {
      Object.defineProperty(globalThis, 'WebSocket', { configurable: true, value: Socket });
      const tidings = createTidings({ socketUrl: 'ws://service/ws', pollUrl: null, token: () => 'opaque', userId: 'ada', offline: true });
      const toasts = createToasts();
      const learning = createLearning(tidings, { apiUrl: 'http://backend', token: () => 'x', fetch: async () => ({ ok: true, json: async () => ({ upcomingSessions: ['soon'] }) }) });
      t.after(() => tidings.close());
      const toasted = [];
      toasts.follow(tidings);
      toasts.list.subscribe((list) => toasted.push(...list));
      await settle();
      await settle();
      assert.equal(tidings.status.get().state, 'live', JSON.stringify(tidings.status.get()));
      assert.notEqual(tidings.status.get().without.length, 0);
      assert.deepEqual(learning.screen.get().home, { upcomingSessions: ['soon'] });
      toasts.show({ level: 'info', text: 'hello' });
      assert.equal(toasted[0].text, 'hello');
      learning.close();
      toasts.dismiss(toasted[0].id);
    }));
}

test('what a page gives is used, and read once under a guard', () => {
  const env = environment({ now: () => 7, get locks() { return insecure(); }, indexedDB: undefined });
  assert.equal(env.now(), 7);
  assert.equal(env.locks, undefined);
  assert.match(env.whyNot('locks'), /insecure/);
  assert.match(env.whyNot('indexedDB'), /does not offer/);
  assert.equal(env.whyNot('now'), '');
});

test('what a browser forbids is said in the status and in the log', async (t) => {
  const lines = [];
  const { environment: good } = createWorld();
  const environment = Object.defineProperty({ ...good }, 'locks', { get: insecure });
  const tidings = createTidings({ socketUrl: 'ws://service/ws', token: () => 'x', environment, log: (line) => lines.push(line) });
  t.after(() => tidings.close());
  await settle();
  assert.ok(tidings.status.get().without.some((text) => text.startsWith('Web Locks: SecurityError')));
  assert.ok(lines.some((line) => line.startsWith('[Tidings] This page works without Web Locks: SecurityError')));
});

test('a device that says it is offline is shown so until a connection proves the opposite', async (t) => {
  const listen = { addEventListener: () => {}, removeEventListener: () => {} };
  await withGlobals({ document: listen, window: listen, navigator: { onLine: false }, WebSocket: undefined }, async () => {
    const world = createWorld({ script: (socket) => socket.drop() });
    const { signals } = environment();
    const tidings = createTidings({ socketUrl: 'ws://service/ws', pollUrl: null, token: () => 'x', tabs: false, environment: { ...world.environment, signals } });
    t.after(() => tidings.close());
    await world.clock.advance(2_000);
    assert.equal(tidings.status.get().state, 'offline');
    world.service.script = greet;
    await world.clock.advance(60_000);
    assert.equal(tidings.status.get().state, 'live');
    world.service.script = (socket) => socket.drop();
    world.service.socket.drop();
    await settle();
    assert.equal(tidings.status.get().state, 'reconnecting');
  });
});
