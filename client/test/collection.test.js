// Proves R-OR-5.
import assert from 'node:assert/strict';
import test from 'node:test';
import { createCollection } from '../src/collection.js';

const item = (id, version, title = id) => ({ id, version, title });
const shown = (collection) => collection.items.get().map(({ id, version }) => `${id}${version}`);
const later = () => {
  let settle;
  const promise = new Promise((resolve, reject) => (settle = { resolve, reject }));
  return { promise, ...settle };
};

test('new things appear on top, known ones keep their place, older versions change nothing', () => {
  const list = createCollection();
  list.put(item('a', 1));
  list.put(item('b', 1));
  list.put(item('a', 3));
  list.put(item('a', 2));
  assert.deepEqual(shown(list), ['b1', 'a3']);
});

test('what was removed does not come back by something older', async () => {
  const list = createCollection();
  list.put(item('a', 1));
  list.remove('a', 2);
  list.put(item('a', 1));
  await list.load(async () => [item('a', 1), item('b', 1)]);
  assert.deepEqual(shown(list), ['b1']);
});

test('a load is laid under what changed while it ran', async () => {
  const list = createCollection();
  const { promise, resolve } = later();
  const loading = list.load(() => promise);
  list.put(item('new', 1));
  list.put(item('both', 2));
  resolve([item('old', 1), item('both', 1)]);
  await loading;
  assert.deepEqual(shown(list), ['new1', 'old1', 'both2']);
  await list.load(async () => [item('old', 1)]);
  assert.deepEqual(shown(list), ['old1']);
});

test('a change shows at once and is confirmed by the answer', async () => {
  const list = createCollection();
  list.put(item('a', 1));
  const { promise, resolve } = later();
  const changing = list.change('a', { title: 'mine' }, () => promise);
  assert.equal(list.get('a').title, 'mine');
  resolve(item('a', 2, 'confirmed'));
  await changing;
  assert.equal(list.get('a').title, 'confirmed');
});

test('a refused change is taken back, and nothing that came meanwhile goes with it', async () => {
  const list = createCollection();
  list.put(item('a', 1, 'first'));
  const { promise, reject } = later();
  const changing = list.change('a', { title: 'mine' }, () => promise);
  list.put(item('a', 2, 'from elsewhere'));
  list.put(item('b', 1));
  assert.equal(list.get('a').title, 'mine');
  reject(new Error('409'));
  await assert.rejects(changing, /409/);
  assert.equal(list.get('a').title, 'from elsewhere');
  assert.deepEqual(shown(list), ['b1', 'a2']);
});

test('a new thing waits under a name of its own until the real one is there, and is never shown twice', async () => {
  const list = createCollection();
  const { promise, resolve } = later();
  const adding = list.add(item('temporary', 0, 'x'), () => promise, ({ title, version }) => title === 'x' && version > 0);
  assert.deepEqual(shown(list), ['temporary0']);
  list.put(item('real', 1, 'x'));
  assert.deepEqual(shown(list), ['real1']);
  resolve(item('real', 1, 'x'));
  await adding;
  assert.deepEqual(shown(list), ['real1']);
});

test('a dropped thing goes at once, and comes back if that is refused', async () => {
  const list = createCollection();
  list.put(item('a', 1));
  const refused = list.drop('a', async () => {
    throw new Error('403');
  });
  assert.deepEqual(shown(list), []);
  await assert.rejects(refused, /403/);
  assert.deepEqual(shown(list), ['a1']);
  await list.drop('a', async () => {});
  assert.deepEqual(shown(list), []);
});
