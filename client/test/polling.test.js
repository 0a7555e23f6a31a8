// Proves R-EV-4, R-EV-6.
import assert from 'node:assert/strict';
import test from 'node:test';
import { nextPoll, POLL_AFTER } from '../src/polling.js';
import { createTidings } from '../src/tidings.js';
import { createWorld, greet, settle, taskMessage, tokenOf } from './support/world.js';

const MINUTE = 60_000;
const blocked = (socket) => socket.drop();

/** A log of events behind both the socket and the polling endpoint, as the service has it. */
function createLog(service) {
  const events = [];
  const after = (cursor) => events.slice(cursor === null ? events.length : Number(cursor.slice(1)));
  service.answerPoll = (url) => {
    const page = after(new URL(url).searchParams.get('cursor')).slice(0, 100);
    const cursor = page.at(-1)?.cursor ?? new URL(url).searchParams.get('cursor') ?? `c${events.length}`;
    return { events: page, cursor, hasMore: cursor !== `c${events.length}`, pollAfterMs: 30_000 };
  };
  return {
    append: (count = 1) => Array.from({ length: count }, () => events.push(taskMessage(events.length + 1))),
    /** A socket that replays what comes after the client's cursor. */
    replaying(socket) {
      const greeted = (cursor) => after(cursor).forEach((event) => socket.push(event));
      greet(socket, { cursor: `c${events.length}`, greeted });
    },
  };
}

function start(world, options = {}) {
  const tidings = createTidings({
    socketUrl: 'ws://service/ws',
    token: async () => tokenOf('ada'),
    environment: world.environment,
    ...options,
  });
  const seen = [];
  tidings.on('task_update', ({ title }) => seen.push(title));
  return { tidings, seen };
}

const titles = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => `Task ${from + i}`);

test('polling takes over when the socket is blocked, every 30 s, with the token and the last cursor', async () => {
  const lines = [];
  const world = createWorld({ script: blocked });
  const log = createLog(world.service);
  const { tidings, seen } = start(world, { log: (line) => lines.push(line) });
  await world.clock.advance(3_500);
  assert.equal(tidings.status.get().state, 'polling');
  assert.ok(lines.includes('[EventPolling] Starting polling'));
  log.append(2);
  await world.clock.advance(2 * MINUTE);
  assert.deepEqual(seen, titles(1, 2));
  const { polls } = world.service;
  assert.ok(polls.length >= 4 && polls.length <= 5, `${polls.length} polls`);
  assert.equal(polls[0].url, 'http://service/api/v1/events/recent');
  assert.ok(polls[1].url.endsWith('?cursor=c0'));
  assert.match(polls[0].headers.Authorization, /^Bearer /);
});

test('more than a page is read at once', async () => {
  const world = createWorld({ script: blocked });
  const log = createLog(world.service);
  const { seen } = start(world);
  await world.clock.advance(3_500);
  log.append(250);
  await world.clock.advance(33_000);
  assert.deepEqual(seen, titles(1, 250));
});

test('switching from socket to polling and back neither loses nor repeats', async () => {
  const world = createWorld();
  const log = createLog(world.service);
  const { service, clock } = world;
  service.script = log.replaying;
  const { tidings, seen } = start(world);
  await settle();
  for (let round = 0; round < 20; round++) {
    log.append(3);
    service.script = blocked;
    service.socket.drop();
    await clock.advance(round % 2 ? 1_000 : 40_000);
    log.append(2);
    service.script = log.replaying;
    await clock.advance(MINUTE);
    assert.equal(tidings.status.get().state, 'live');
    assert.equal(seen.length, (round + 1) * 5);
  }
  assert.deepEqual(seen, titles(1, 100));
  assert.equal(tidings.analytics().duplicates, 0);
});

test('the answer of a poll that the socket overtook is thrown away', async () => {
  const world = createWorld({ script: blocked });
  const { service, clock } = world;
  const log = createLog(service);
  const { tidings, seen } = start(world);
  await clock.advance(3_500);
  const answer = service.answerPoll;
  let release;
  service.answerPoll = (url) => new Promise((resolve) => (release = () => resolve(answer(url))));
  await tidings.refresh();
  log.append(1);
  service.script = log.replaying;
  await clock.advance(MINUTE);
  assert.equal(tidings.status.get().state, 'live');
  log.append(1);
  release();
  await clock.advance(100);
  assert.deepEqual(seen, titles(1, 1));
  assert.equal(service.socket.last('auth').cursor, 'c0');
});

test("the server's wish for the next poll is respected, within reason", () => {
  assert.equal(nextPoll(undefined, 0), POLL_AFTER);
  assert.equal(nextPoll(60_000, 0), 60_000);
  assert.equal(nextPoll(60_000, 1), 66_000);
  assert.equal(nextPoll(0, 0), 1_000);
  assert.equal(nextPoll(1e12, 0), 600_000);
  assert.equal(nextPoll('soon', 0), POLL_AFTER);
});

test('an overloaded polling endpoint is left alone for as long as it asks', async () => {
  const world = createWorld({ script: (socket) => socket.drop(4305) });
  const { service, clock } = world;
  service.fetch = undefined;
  let polls = 0;
  world.environment.fetch = async () => (polls++, new Response('{}', { status: 503, headers: { 'Retry-After': '120' } }));
  start(world);
  await clock.advance(115_000);
  assert.equal(polls, 1);
});

test('a refused token is replaced once, and polling ends if the new one is refused, too', async () => {
  const world = createWorld({ script: (socket) => socket.drop(4300) });
  world.service.answerPoll = () => 401;
  const reasons = [];
  const { tidings } = start(world, { token: ({ reason }) => (reasons.push(reason), 'x') });
  await world.clock.advance(10 * MINUTE);
  assert.deepEqual(reasons, ['connect', 'poll', 'expired']);
  assert.equal(tidings.status.get().state, 'stopped');
});

test('a cursor that the service cannot read is told as a gap, and life goes on from now', async () => {
  const world = createWorld({ script: blocked });
  const log = createLog(world.service);
  const { tidings, seen } = start(world);
  const gaps = [];
  const loads = [];
  tidings.on('gap', (gap) => gaps.push(gap.reason));
  tidings.keepFresh(({ reason }) => loads.push(reason));
  await world.clock.advance(3_500);
  const answer = world.service.answerPoll;
  world.service.answerPoll = () => ((world.service.answerPoll = answer), 400);
  log.append(1);
  await world.clock.advance(32_000);
  log.append(1);
  await world.clock.advance(32_000);
  assert.deepEqual(gaps, ['invalid_cursor']);
  assert.deepEqual(loads, ['start', 'gap']);
  assert.deepEqual(seen, ['Task 2']);
});

test('the socket says the same of a cursor, and the client starts where it was put', async () => {
  const world = createWorld();
  const { service, clock } = world;
  const { tidings } = start(world);
  await settle();
  const gaps = [];
  tidings.on('gap', (gap) => gaps.push(gap.reason));
  service.script = (socket) => {
    socket.onsent = (message) => {
      if (message.type === 'auth') {
        socket.push({ type: 'connected', user_id: 'ada', cursor: 'tail' });
        socket.push({ type: 'error', code: 'invalid_cursor', message: 'starting now' });
      }
    };
    socket.open();
  };
  service.socket.drop();
  await clock.advance(2_000);
  assert.deepEqual(gaps, ['invalid_cursor']);
  service.socket.drop();
  await clock.advance(3_000);
  assert.equal(service.socket.last('auth').cursor, 'tail');
});

test('nonsense from the polling endpoint harms nothing', async () => {
  const world = createWorld({ script: blocked });
  const { service, clock } = world;
  const bodies = [null, 7, 'text', {}, { events: 'none' }, { events: [null, 1, {}, { type: 'task_update' }], cursor: 5 }];
  service.answerPoll = () => bodies.shift() ?? { events: [taskMessage(1)], cursor: 'c1', hasMore: false };
  const { seen } = start(world);
  await clock.advance(5 * MINUTE);
  assert.deepEqual(seen, ['Task 1']);
  assert.deepEqual(world.errors, []);
});
