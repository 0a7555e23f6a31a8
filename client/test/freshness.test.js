// Proves R-EV-4.
import assert from 'node:assert/strict';
import test from 'node:test';
import { onReturn } from '../src/freshness.js';
import { createTidings } from '../src/tidings.js';
import { createWorld, settle, taskMessage, tokenOf } from './support/world.js';

function start(world, options = {}) {
  const tidings = createTidings({ socketUrl: 'ws://service/ws', pollUrl: null, token: () => tokenOf('ada'), environment: world.environment, ...options });
  const loads = [];
  tidings.keepFresh(({ reason }) => loads.push(reason));
  return { tidings, loads };
}

test('what is older than 30 s is loaded on return, and older than 30 min counts as away', () => {
  assert.equal(onReturn(30_000), null);
  assert.equal(onReturn(30_001), 'focus');
  assert.equal(onReturn(30 * 60_000 + 1), 'resume');
});

test('a page loads once its position is known, and again when it is looked at after a while', async () => {
  const world = createWorld();
  const { loads, tidings } = start(world);
  assert.deepEqual(loads, []);
  await settle();
  assert.deepEqual(loads, ['start']);
  world.say('visible');
  assert.deepEqual(loads, ['start']);
  world.clock.sleep(31_000);
  world.say('visible');
  world.clock.sleep(31 * 60_000);
  await settle();
  world.say('visible');
  await settle();
  assert.deepEqual(loads, ['start', 'focus', 'resume']);
  await tidings.refresh();
  assert.equal(loads.at(-1), 'manual');
});

test('a page whose service cannot be reached loads all the same, and again when it can', async () => {
  const world = createWorld({ script: (socket) => socket.drop() });
  const { loads } = start(world);
  await world.clock.advance(6_000);
  assert.deepEqual(loads, ['unreachable']);
  world.service.script = createWorld().service.script;
  await world.clock.advance(60_000);
  assert.deepEqual(loads, ['unreachable', 'start']);
});

test('a gap is told and makes the page load; loads do not pile up', async () => {
  const world = createWorld();
  let running = 0;
  let most = 0;
  let loads = 0;
  const { tidings } = start(world);
  await settle();
  let release = () => {};
  tidings.keepFresh(async () => {
    loads++;
    most = Math.max(most, ++running);
    await new Promise((resolve) => (release = resolve));
    running--;
  });
  const gaps = [];
  tidings.on('gap', (gap) => gaps.push(gap));
  for (let i = 0; i < 5; i++) {
    world.service.socket.push({ type: 'gap', stream: 'user', from: 1, to: 3, count: 3, types: { 'task.created': 3 }, cursor: 'c3' });
  }
  for (let i = 0; i < 5; i++) {
    release();
    await settle();
  }
  assert.equal(gaps.length, 5);
  assert.equal(most, 1);
  assert.equal(loads, 2);
});

test('a load that fails is logged, not repeated, and breaks nothing', async () => {
  const lines = [];
  const world = createWorld();
  const { tidings } = start(world, { log: (line) => lines.push(line) });
  let tries = 0;
  tidings.keepFresh(() => {
    tries++;
    throw new Error('no answer');
  });
  await world.clock.advance(60_000);
  assert.equal(tries, 1);
  assert.ok(lines.some((line) => line.startsWith('[Tidings] A refresh failed')));
  assert.deepEqual(world.errors, []);
});

test('offline is shown while nothing works, and the network coming back is used at once', async () => {
  const world = createWorld();
  const { tidings } = start(world);
  await settle();
  world.service.script = (socket) => socket.drop();
  world.say('offline');
  assert.equal(tidings.status.get().state, 'live');
  world.service.socket.drop();
  await world.clock.advance(20_000);
  assert.equal(tidings.status.get().state, 'offline');
  world.service.script = createWorld().service.script;
  await world.clock.advance(4_900);
  world.say('online');
  await world.clock.advance(5_100);
  assert.equal(tidings.status.get().state, 'live');
});

test('a handler that throws harms no other, and is reported', async () => {
  const world = createWorld();
  const { tidings } = start(world);
  await settle();
  const seen = [];
  tidings.on('task_update', () => {
    throw new Error('broken page');
  });
  tidings.on('task_update', async () => {
    throw new Error('broken later');
  });
  tidings.on('task.created', (task) => seen.push(task.title));
  world.service.socket.push(taskMessage(1));
  world.service.socket.push(taskMessage(2));
  await settle();
  assert.deepEqual(seen, ['Task 1', 'Task 2']);
  assert.equal(world.errors.length, 4);
  assert.equal(tidings.analytics().failed, 2);
});

test('what was applied is acknowledged soon, with figures', async () => {
  const world = createWorld();
  const { tidings } = start(world);
  await settle();
  [1, 2, 1].forEach((n) => world.service.socket.push(taskMessage(n)));
  await world.clock.advance(1_000);
  const { cursor, received, applied } = world.service.socket.last('ping');
  assert.deepEqual({ cursor, received, applied }, { cursor: 'c2', received: 3, applied: 2 });
  const { duplicates, latencyMs } = tidings.analytics();
  assert.equal(duplicates, 1);
  assert.ok(latencyMs.p95 >= 0);
});

test('a status that a watcher fails on is shown to the others, and the connection goes on', async () => {
  const world = createWorld();
  const { tidings } = start(world);
  const states = [];
  tidings.status.subscribe(({ state }) => {
    if (state === 'live') {
      throw new Error('broken indicator');
    }
  });
  tidings.status.subscribe(({ state }) => states.push(state));
  await settle();
  assert.equal(states.at(-1), 'live');
  assert.notEqual(world.errors.length, 0);
});

test('that the connection is alive does not make a state fresh: pongs, greetings, duplicates and events of others', async () => {
  const world = createWorld();
  const { tidings, loads } = start(world);
  const tasks = tidings.collection('tasks', { idOf: (task) => task.task_id });
  const orders = tidings.collection('orders', { idOf: ({ orderId }) => orderId });
  const taskLoads = [];
  tidings.keepFresh(({ reason }) => (taskLoads.push(reason), tasks.load(async () => [])));
  tidings.on('task_update', (task) => tasks.put(task));
  tidings.on('order:created', (order) => orders.put(order));
  await settle();
  world.service.socket.push(taskMessage(1));
  for (let second = 0; second < 40; second += 5) {
    await world.clock.advance(5_000);
    world.service.socket.push({ type: 'pong', timestamp: '2026-02-07T12:00:00.000Z' });
    world.service.socket.push({ type: 'subscribed', channel: 'orders' });
    world.service.socket.push(taskMessage(1));
  }
  world.service.socket.push({ type: 'order:created', event: { orderId: 'o1' }, id: 'x', source: 'backend', cursor: 'c2' });
  world.say('visible');
  assert.deepEqual(taskLoads, ['start', 'focus']);
  // A page that does not say what it loads: any event that a handler took counts.
  assert.deepEqual(loads, ['start']);
  await world.clock.advance(29_000);
  world.service.socket.push(taskMessage(2));
  await world.clock.advance(10_000);
  world.say('visible');
  assert.deepEqual(taskLoads, ['start', 'focus']);
  await world.clock.advance(25_000);
  world.say('visible');
  assert.deepEqual(loads, ['start', 'focus']);
});

test('a load that failed is repeated at the next return, however young it is, and no earlier than the service allows', async () => {
  const world = createWorld();
  const { tidings } = start(world);
  let answer = () => Promise.reject(Object.assign(new Error('503'), { retryAfterMs: 10_000 }));
  const loads = [];
  tidings.on('task_update', () => {});
  tidings.keepFresh(({ reason }) => (loads.push(reason), answer()));
  await settle();
  world.service.socket.push(taskMessage(1));
  world.say('visible');
  world.say('visible');
  assert.deepEqual(loads, ['start']);
  await world.clock.advance(11_000);
  assert.deepEqual(loads, ['start', 'focus']);
  answer = () => Promise.reject(new Error('500'));
  await world.clock.advance(11_000);
  world.say('visible');
  await settle();
  await world.clock.advance(12_000);
  answer = async () => {};
  world.say('visible');
  await settle();
  world.say('visible');
  await settle();
  assert.deepEqual(loads, ['start', 'focus', 'focus', 'focus']);
});

test('a load that never ends fails after its limit, and the next one runs', async () => {
  const lines = [];
  const world = createWorld();
  const { tidings } = start(world, { log: (line, ...details) => lines.push([line, ...details].join(' ')) });
  let loads = 0;
  tidings.keepFresh(() => (++loads === 1 ? new Promise(() => {}) : undefined));
  const refreshed = tidings.refresh();
  await world.clock.advance(31_000);
  await refreshed;
  assert.equal(loads, 2);
  assert.ok(lines.some((line) => line.includes('a load did not answer within 30 s')));
});
