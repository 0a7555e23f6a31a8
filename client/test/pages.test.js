import assert from 'node:assert/strict';
import test from 'node:test';

const insecure = () => {
  throw new DOMException('The operation is insecure.', 'SecurityError');
};

/** Sets a global for a while; a function is a getter. */
function withGlobal(t, name, value) {
  const before = Object.getOwnPropertyDescriptor(globalThis, name);
  Object.defineProperty(globalThis, name, { configurable: true, ...(typeof value === 'function' ? { get: value } : { value }) });
  t.after(() => (before ? Object.defineProperty(globalThis, name, before) : delete globalThis[name]));
}

test('where a site may keep no data, what is remembered lasts until the page is closed', async (t) => {
  const full = { getItem: () => null, setItem: insecure, removeItem: insecure };
  for (const storage of [insecure, full, undefined, { getItem: insecure, setItem: insecure, removeItem: insecure }]) {
    withGlobal(t, 'localStorage', storage);
    const { ofDevice } = await import('../pages/storage.js');
    ofDevice.set('person', 'ada');
    assert.equal(ofDevice.get('person'), 'ada');
    ofDevice.set('person', null);
    assert.equal(ofDevice.get('person'), null);
  }
});

test('pages work where there is no service worker, and say that they cannot be opened offline', async (t) => {
  const { keepForOffline } = await import('../pages/offline.js');
  const workers = {
    missing: undefined,
    'throws at call': { register: insecure, ready: new Promise(() => {}) },
    rejects: { register: async () => insecure(), ready: new Promise(() => {}) },
    'is blocked': { register: async () => undefined, ready: Promise.resolve({ active: null }) },
  };
  for (const [what, serviceWorker] of Object.entries(workers)) {
    const said = t.mock.method(console, 'info', () => {});
    withGlobal(t, 'navigator', { serviceWorker });
    await keepForOffline();
    assert.equal(said.mock.callCount(), what === 'is blocked' ? 0 : 1, what);
    said.mock.restore();
  }
});

test('the worker is told which files the page consists of', async (t) => {
  const { keepForOffline } = await import('../pages/offline.js');
  const told = [];
  const registered = [];
  withGlobal(t, 'navigator', { serviceWorker: { register: async (...call) => registered.push(call), ready: Promise.resolve({ active: { postMessage: (message) => told.push(message) } }) } });
  withGlobal(t, 'performance', { getEntriesByType: () => [{ name: 'http://pages/pages/app.js' }] });
  await keepForOffline();
  assert.deepEqual(registered, [['/service-worker.js', { updateViaCache: 'none' }]]);
  assert.deepEqual(told, [{ keep: ['http://pages/pages/app.js'] }]);
});
