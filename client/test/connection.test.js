// Proves R-EV-3, R-EV-4, R-EV-6.
import assert from 'node:assert/strict';
import test from 'node:test';
import { MOST_ATTEMPTS_PER_MINUTE } from '../src/backoff.js';
import { CLOSE_CODES, adviceFor } from '../src/close-codes.js';
import { createTidings } from '../src/tidings.js';
import { createWorld, greet, settle, taskMessage, tokenOf } from './support/world.js';

const MINUTE = 60_000;
const TOKEN = tokenOf('ada');

function start(world, options = {}) {
  return createTidings({
    socketUrl: 'ws://service/ws',
    pollUrl: null,
    token: async () => TOKEN,
    environment: world.environment,
    ...options,
  });
}

async function live(options = {}, worldOptions = {}) {
  const world = createWorld(worldOptions);
  const tidings = start(world, options);
  await settle();
  assert.equal(tidings.status.get().state, 'live');
  return { ...world, tidings };
}

test('it logs in by its first message, not by the address, and is live when greeted', async () => {
  const { service, tidings } = await live();
  assert.equal(service.socket.url, 'ws://service/ws');
  assert.deepEqual(service.socket.sent, [{ type: 'auth', token: TOKEN }]);
  assert.deepEqual({ ...tidings.identity() }, { userId: 'ada', role: 'user' });
});

test('a lost connection comes back with the cursor of the last event', async () => {
  const { service, clock, tidings } = await live();
  const seen = [];
  tidings.on('task_update', ({ title }) => seen.push(title));
  service.socket.push(taskMessage(1));
  service.socket.drop();
  assert.equal(tidings.status.get().state, 'reconnecting');

  await clock.advance(1_000);

  assert.equal(service.socket.last('auth').cursor, 'c1');
  assert.equal(tidings.status.get().state, 'live');
  assert.deepEqual(seen, ['Task 1']);
});

test('what an older socket still says is not heard', async () => {
  const { service, clock, tidings } = await live();
  const old = service.socket;
  const { onmessage } = old;
  old.drop();
  await clock.advance(1_000);
  let count = 0;
  tidings.on('event', () => count++);
  onmessage({ data: JSON.stringify(taskMessage(1)) });
  assert.equal(count, 0);
});

for (const dice of [0, 0.5, 0.999]) {
  for (const code of [...Object.keys(CLOSE_CODES).map(Number), 1000, 1002, 1006, 1009, 1011, 4399, 4999]) {
    test(`no storm on ${code} with dice ${dice}, before or after the greeting`, async () => {
      for (const script of [
        (socket) => socket.drop(code),
        (socket) => (socket.open(), socket.drop(code)),
        (socket) => (greet(socket), socket.drop(code)),
      ]) {
        const world = createWorld({ script, dice: () => dice });
        const tidings = start(world);
        await world.clock.advance(MINUTE);
        const attempts = world.service.sockets.length;
        if (adviceFor(code) === 'stop') {
          assert.equal(attempts, 1);
          assert.equal(tidings.status.get().state, 'stopped');
        } else {
          assert.ok(attempts > 1 && attempts <= MOST_ATTEMPTS_PER_MINUTE, `${attempts} attempts`);
        }
        tidings.close();
      }
    });
  }
}

test('a network that flaps makes no storm either', async () => {
  const world = createWorld({ script: (socket) => socket.drop(), dice: () => 0 });
  start(world);
  for (let second = 0; second < 600; second++) {
    world.say('offline');
    world.say('online');
    await world.clock.advance(100);
  }
  assert.ok(world.service.sockets.length <= MOST_ATTEMPTS_PER_MINUTE, `${world.service.sockets.length} attempts`);
});

test("the server's bye says when to come back, and stands in for a close that got lost", async () => {
  const { service, clock } = await live();
  service.socket.push({ type: 'bye', code: 4000, reconnect: true, after_ms: 2_500 });
  service.socket.drop(4000);
  await clock.advance(2_499);
  assert.equal(service.sockets.length, 1);
  await clock.advance(250);
  assert.equal(service.sockets.length, 2);

  service.socket.push({ type: 'bye', code: 4301, reconnect: false, after_ms: 0 });
  await clock.advance(MINUTE);
  assert.equal(service.sockets.length, 2);
});

test('a service that never answers is given up', async () => {
  for (const script of [() => {}, (socket) => socket.open()]) {
    const world = createWorld({ script });
    start(world);
    await world.clock.advance(16_000);
    assert.equal(world.service.sockets[0].closedWith, 4900);
    assert.ok(world.service.sockets.length > 1);
  }
});

test('a half-open connection is found by a ping without an answer', async () => {
  const { service, clock, tidings } = await live();
  const first = service.socket;
  first.silent = true;
  await clock.advance(29_000);
  assert.deepEqual(first.last('ping'), { type: 'ping', cursor: 'c0' });
  assert.equal(tidings.status.get().state, 'live');
  await clock.advance(3_000);
  assert.equal(first.closedWith, 4900);
  assert.equal(tidings.status.get().state, 'live');
  assert.equal(service.sockets.length, 2);
});

test('an idle connection with a good service lives on', async () => {
  const { service, clock } = await live();
  await clock.advance(60 * MINUTE);
  assert.equal(service.sockets.length, 1);
});

test('after a sleep the connection is asked, not condemned', async () => {
  const { service, clock } = await live();
  clock.sleep(60 * MINUTE);
  await clock.advance(20_000);
  assert.equal(service.sockets.length, 1);
});

test('somebody who returns finds a dead connection in seconds', async () => {
  const { service, clock, say } = await live();
  service.socket.silent = true;
  say('visible');
  await clock.advance(6_000);
  assert.equal(service.sockets.length, 2);
});

test('the token is renewed in band when the server says that it expires', async () => {
  const tokens = ['one', 'two'];
  const reasons = [];
  const { service, clock } = await live({
    token: ({ reason }) => {
      reasons.push(reason);
      return tokens.shift();
    },
  });
  service.socket.push({ type: 'token_expiring', expires_at: 'soon' });
  await clock.advance(0);
  assert.deepEqual(service.socket.sent.at(-1), { type: 'auth', token: 'two' });
  assert.deepEqual(reasons, ['connect', 'renew']);
  assert.equal(service.sockets.length, 1);
});

test('the same token again is no renewal, and is asked for anew', async () => {
  let token = 'one';
  const { service, clock } = await live({ token: () => token });
  service.socket.push({ type: 'token_expiring' });
  await clock.advance(9_000);
  assert.equal(service.socket.sent.filter(({ type }) => type === 'auth').length, 1);
  token = 'two';
  await clock.advance(2_000);
  assert.equal(service.socket.last('auth').token, 'two');
});

test('an expired token is replaced by a new one before the next attempt', async () => {
  const reasons = [];
  const { service, clock, tidings } = await live({ token: ({ reason }) => (reasons.push(reason), `token-${reasons.length}`) });
  service.socket.drop(4200);
  await clock.advance(0);
  assert.deepEqual(reasons, ['connect', 'expired']);
  assert.equal(service.socket.last('auth').token, 'token-2');
  assert.equal(tidings.status.get().state, 'live');
});

test('without a token nothing is opened, it is said, and tried again when there is one', async () => {
  const lines = [];
  const world = createWorld();
  let token = null;
  const tidings = start(world, { token: () => token, log: (line) => lines.push(line) });
  await world.clock.advance(20_000);
  assert.equal(world.service.sockets.length, 0);
  assert.ok(lines.includes('[EventSocket] No access token or valid role available'));
  token = TOKEN;
  await world.clock.advance(MINUTE);
  assert.equal(tidings.status.get().state, 'live');
});

test('a token of an unknown role, or one that cannot be had, opens nothing', async () => {
  for (const token of [() => tokenOf('ada', 'wizard'), () => Promise.reject(new Error('no network')), () => new Promise(() => {})]) {
    const world = createWorld();
    const tidings = start(world, { token });
    await world.clock.advance(MINUTE);
    assert.equal(world.service.sockets.length, 0);
    assert.equal(tidings.status.get().state, 'connecting');
    assert.notEqual(tidings.status.get().reason, '');
  }
});

test('where there is no WebSocket, that is said', async () => {
  const lines = [];
  const world = createWorld();
  world.environment.WebSocket = undefined;
  start(world, { log: (line, ...details) => lines.push([line, ...details].join(' ')) });
  await settle();
  assert.ok(lines.includes('[EventSocket] ❌ Failed to initialize WebSocket there is no WebSocket here'), lines.join('\n'));
});

test('it stops when the page says so, and starts again', async () => {
  const { service, clock, tidings } = await live();
  tidings.close();
  assert.equal(service.socket.closedWith, 1000);
  await clock.advance(MINUTE);
  assert.equal(service.sockets.length, 1);
  assert.equal(tidings.status.get().state, 'stopped');
  assert.throws(() => tidings.connect(), /closed/);

  const again = await live();
  again.service.socket.drop(4305);
  assert.equal(again.tidings.status.get().state, 'stopped');
  again.tidings.connect();
  await settle();
  assert.equal(again.tidings.status.get().state, 'live');
});

test('a wrong option is refused with what would be right', () => {
  assert.throws(() => createTidings({}), /wss:\/\/example.com\/ws/);
  assert.throws(() => createTidings({ socketUrl: 'ws://x/ws', token: 'abc' }), /function/);
});

test('a wall clock that is set back holds up neither reconnection nor the detection of a dead connection', async () => {
  for (const running of ['steady', undefined]) {
    const world = createWorld();
    if (!running) {
      world.environment.steady = () => NaN;
    }
    const tidings = start(world);
    await world.clock.advance(1_000);
    world.service.script = (socket) => socket.drop();
    world.service.socket.drop();
    await world.clock.advance(MINUTE);
    world.clock.jump(-2 * 60 * MINUTE);
    world.service.script = createWorld().service.script;
    await world.clock.advance(31_000);
    assert.equal(tidings.status.get().state, 'live');
    const { length } = world.service.sockets;
    world.service.socket.silent = true;
    world.clock.jump(-2 * 60 * MINUTE);
    await world.clock.advance(35_000);
    assert.equal(world.service.sockets.length, length + 1);
    tidings.close();
  }
});

test('a timer that was lost is made up for when somebody looks', async () => {
  const world = createWorld({ script: () => {} });
  const { setTimeout } = world.environment;
  let lose = false;
  world.environment.setTimeout = (...timer) => (lose ? 0 : setTimeout(...timer));
  lose = true;
  const tidings = start(world);
  await world.clock.advance(MINUTE);
  assert.equal(world.service.sockets.length, 1);
  world.say('visible');
  assert.equal(tidings.status.get().reason, 'the service did not answer in time');
  await world.clock.advance(5_000);
  world.say('visible');
  await settle();
  assert.equal(world.service.sockets.length, 2);
});

test('a service that asks for room over polling is left alone by the socket, too, within bounds', async () => {
  for (const [header, ms] of [['20', 20_000], [new Date(Date.parse('2026-02-07T12:00:23.000Z')).toUTCString(), 20_000], ['86400', 300_000]]) {
    const world = createWorld({ script: (socket) => socket.drop() });
    world.environment.fetch = async () => new Response('{}', { status: 503, headers: { 'Retry-After': header } });
    start(world, { pollUrl: 'http://service/poll' });
    await world.clock.advance(3_000);
    const { length } = world.service.sockets;
    await world.clock.advance(ms - 2_000);
    ['visible', 'online'].forEach(world.say);
    assert.equal(world.service.sockets.length, length, header);
    await world.clock.advance(ms * 0.1 + 3_000);
    assert.ok(world.service.sockets.length > length, header);
  }
});

test('the log has the lines of a connection, and no token', async () => {
  const lines = [];
  await live({ log: (line) => lines.push(line) });
  assert.ok(lines.includes('[EventSocket] ✅ Connected successfully'));
  assert.ok(lines.includes('[WebSocket] Connected successfully'));
  const success = lines.find((line) => line.startsWith('[WebSocket] Connection success: '));
  assert.equal(JSON.parse(success.slice(success.indexOf('{'))).user_id, 'ada');
  assert.ok(!lines.some((line) => line.includes(TOKEN)));
});
