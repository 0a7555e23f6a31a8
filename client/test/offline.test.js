// Proves R-OR-5.
import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import test from 'node:test';
import { IDBFactory } from 'fake-indexeddb';
import { createTidings } from '../src/tidings.js';
import { createStore } from '../src/store.js';
import { createWorld, greet, settle, taskMessage, tokenOf } from './support/world.js';

/** IndexedDB answers by the real clock, so its turns are waited for. */
async function written() {
  for (let turn = 0; turn < 40; turn++) {
    await settle();
  }
}

function page(world, indexedDB, options = {}) {
  const tidings = createTidings({
    socketUrl: 'ws://service/ws',
    pollUrl: null,
    token: () => tokenOf('ada'),
    offline: 'tasks',
    environment: { ...world.environment, indexedDB },
    ...options,
  });
  const tasks = tidings.collection('tasks', { idOf: (task) => task.task_id });
  const seen = [];
  tidings.on('task_update', (task) => {
    seen.push(task.title);
    tasks.put(task);
  });
  return { tidings, tasks, seen };
}

const titles = (tasks) => tasks.items.get().map(({ title }) => title);

test('a page starts with the state it had, without a network, and catches up from exactly there', async () => {
  const indexedDB = new IDBFactory();
  const world = createWorld();
  const first = page(world, indexedDB);
  await written();
  world.service.socket.push(taskMessage(1));
  world.service.socket.push(taskMessage(2));
  await world.clock.advance(300);
  await written();
  first.tidings.close();

  const offline = createWorld({ script: (socket) => socket.drop() });
  const second = page(offline, indexedDB);
  await written();
  assert.deepEqual(titles(second.tasks), ['Task 2', 'Task 1']);
  assert.deepEqual(second.tidings.events().map(({ id }) => id), ['e1', 'e2']);

  offline.service.script = (socket) => greet(socket, { greeted: () => [2, 3].forEach((n) => socket.push(taskMessage(n))) });
  await offline.clock.advance(60_000);
  assert.equal(offline.service.socket.last('auth').cursor, 'c2');
  assert.deepEqual(second.seen, ['Task 3']);
  assert.deepEqual(titles(second.tasks), ['Task 3', 'Task 2', 'Task 1']);
});

test('a page that is closed writes what it has', async () => {
  const indexedDB = new IDBFactory();
  const world = createWorld();
  const { tidings } = page(world, indexedDB);
  await written();
  world.service.socket.push(taskMessage(1));
  tidings.close();
  await written();
  const store = createStore({ ...world.environment, indexedDB });
  const record = await store.load('ada user tasks');
  assert.equal(record.cursor, 'c1');
  assert.deepEqual(record.states.tasks.map(({ task_id }) => task_id), ['t1']);
});

test("another user, and another page, do not see it", async () => {
  const indexedDB = new IDBFactory();
  const world = createWorld();
  const { tidings } = page(world, indexedDB);
  await written();
  world.service.socket.push(taskMessage(1));
  tidings.close();
  await written();
  for (const options of [{ token: () => tokenOf('bob') }, { offline: 'orders' }]) {
    const other = page(createWorld(), indexedDB, options);
    await written();
    assert.deepEqual(titles(other.tasks), []);
  }
});

test('without a database, or with a broken one, the page works all the same', async () => {
  for (const indexedDB of [undefined, { open: () => { throw new Error('private mode'); } }]) {
    const lines = [];
    const world = createWorld();
    const { seen } = page(world, indexedDB, { log: (line) => lines.push(line) });
    await written();
    world.service.socket.push(taskMessage(1));
    assert.deepEqual(seen, ['Task 1']);
    assert.ok(lines.includes('[Tidings] Nothing can be kept for an offline start'));
  }
});

test('a record that is none of ours is ignored', async () => {
  const indexedDB = new IDBFactory();
  const store = createStore({ ...createWorld().environment, indexedDB });
  await store.save('ada user tasks', { cursor: 7 });
  assert.equal(await store.load('ada user tasks'), null);
  await store.forget('ada user tasks');
  assert.equal(await store.load('ada user tasks'), null);
});
