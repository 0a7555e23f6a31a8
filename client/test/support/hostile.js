/**
 * Browsers that forbid things: for each optional feature, and for what the page itself hands in, the ways in which it can
 * fail. A fault is a function of the clock and the good feature; it answers property descriptors for the tab's environment.
 *
 * | fault | means |
 * |---|---|
 * | missing | the feature is not defined |
 * | throws at access | reading the global throws a SecurityError |
 * | throws at call | the first use throws |
 * | rejects | the use fails later |
 * | never answers | neither success nor failure |
 * | answers late | success after 40 s |
 */

import { IDBFactory } from 'fake-indexeddb';

export const FAULTS = ['missing', 'throws at access', 'throws at call', 'rejects', 'never answers', 'answers late'];

const LATE = 40_000;

const insecure = () => new DOMException('The operation is insecure.', 'SecurityError');
const throwIt = () => {
  throw insecure();
};
const never = () => new Promise(() => {});

/** @param property of the environment @param ways the faults in use, by name @param without whether it can be absent, too */
const feature = (property, ways, canBeAbsent = true) => ({
  faults: [...(canBeAbsent ? FAULTS.slice(0, 2) : []), ...Object.keys(ways)],
  /** @param good the tab's other features, the clock, the service */
  descriptors(fault, good) {
    const value = (of) => ({ [property]: { value: of, enumerable: true, configurable: true, writable: true } });
    switch (fault) {
      case 'missing':
        return value(undefined);
      case 'throws at access':
        return { [property]: { get: throwIt, enumerable: true, configurable: true } };
      default:
        return value(ways[fault](good));
    }
  },
});

/** An IndexedDB request that ends as told. */
const request = (end) => {
  const it = { onsuccess: null, onerror: null, result: undefined, error: insecure() };
  end(it);
  return it;
};

/** Features of browsers, by name. */
export const FEATURES = {
  IndexedDB: feature('indexedDB', {
    'throws at call': () => ({ open: throwIt }),
    rejects: () => ({ open: () => request((it) => queueMicrotask(() => it.onerror?.())) }),
    'never answers': () => ({ open: () => request(() => {}) }),
    'answers late': ({ clock }) => {
      const database = new IDBFactory();
      return {
        open: (...name) => request((it) => clock.setTimeout(() => {
          const real = database.open(...name);
          real.onupgradeneeded = () => ((it.result = real.result), it.onupgradeneeded?.());
          real.onsuccess = () => ((it.result = real.result), it.onsuccess?.());
        }, LATE)),
      };
    },
  }),
  BroadcastChannel: feature('BroadcastChannel', {
    'throws at call': () => class { constructor() { throwIt(); } },
    rejects: () => class { postMessage() { throwIt(); } close() { throwIt(); } },
    'never answers': () => class { postMessage() {} close() {} },
    'answers late': ({ clock, BroadcastChannel }) => class extends BroadcastChannel {
      postMessage(data) {
        clock.setTimeout(() => super.postMessage(data), LATE);
      }
    },
  }),
  'Web Locks': feature('locks', {
    'throws at call': () => ({ request: throwIt }),
    rejects: () => ({ request: async () => throwIt() }),
    'never answers': () => ({ request: never }),
    'answers late': ({ clock, locks }) => ({
      request: (name, options, work) => new Promise((resolve, reject) => {
        clock.setTimeout(() => locks.request(name, options, work).then(resolve, reject), LATE);
      }),
    }),
  }),
  WebSocket: feature('WebSocket', {
    'throws at call': () => class { constructor() { throwIt(); } },
    rejects: () => class { constructor() { queueMicrotask(() => this.onclose?.({ code: 1006 })); } close() {} },
    'never answers': () => class { readyState = 0; close() {} },
    'answers late': ({ service }) => service.slow(8_000),
  }),
  'WebSocket.send': feature('WebSocket', {
    'throws at call': ({ WebSocket }) => class extends WebSocket { send() { throwIt(); } },
    'never answers': ({ WebSocket }) => class extends WebSocket { send() {} close() {} },
  }, false),
  fetch: feature('fetch', {
    'throws at call': () => throwIt,
    rejects: () => async () => throwIt(),
    'never answers': () => never,
    'answers late': ({ clock, fetch }) => (...call) => new Promise((resolve) => clock.setTimeout(() => resolve(fetch(...call)), LATE)),
  }),
  AbortController: feature('AbortController', {}),
  timers: feature('setTimeout', {
    'throws at call': () => throwIt,
    'never answers': () => () => 0,
    // Hidden tabs run their timers once a minute.
    'answers late': ({ clock, setTimeout }) => (task, ms) => setTimeout(task, Math.ceil((clock.steady() + ms) / 60_000) * 60_000 - clock.steady()),
  }),
  'wall clock': feature('now', {
    'throws at call': () => throwIt,
    rejects: () => () => NaN,
    'never answers': () => () => 0,
    'answers late': ({ clock }) => () => clock.steady() - 7_200_000 * Math.floor(clock.steady() / 45_000),
  }),
  'running clock': feature('steady', {
    'throws at call': () => throwIt,
    rejects: () => () => NaN,
    'never answers': () => () => 0,
    'answers late': ({ clock }) => () => Math.floor(clock.steady() / 60_000) * 60_000,
  }),
  signals: feature('signals', {
    'throws at call': () => throwIt,
    'never answers': () => () => () => {},
    // The device says that it is offline, and never takes it back.
    rejects: ({ clock }) => (hear) => (clock.setTimeout(() => hear('offline'), 500), () => {}),
    'answers late': ({ clock, signals }) => (hear) => signals((signal) => clock.setTimeout(() => hear(signal), LATE)),
  }),
  'error reports': feature('reportError', { 'throws at call': () => throwIt }),
};

/** What a page hands in, and may fail just so; missing and access do not apply. */
export const PARTS_OF_THE_PAGE = {
  'token function': (fault, { clock, token }) => {
    // The first two calls fail; then the page is better.
    let calls = 0;
    const bad = {
      missing: () => undefined,
      'throws at call': throwIt,
      rejects: async () => throwIt(),
      'never answers': never,
      'answers late': () => new Promise((resolve) => clock.setTimeout(() => resolve(token()), LATE)),
    }[fault];
    return bad ? { token: () => (++calls <= 2 ? bad() : token()) } : null;
  },
  'log function': (fault) => (fault === 'throws at call' ? { log: throwIt } : fault === 'rejects' ? { log: async () => {} } : null),
};
