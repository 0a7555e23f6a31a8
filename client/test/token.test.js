import assert from 'node:assert/strict';
import test from 'node:test';
import { createTokenSource, TOKEN_WITHIN } from '../src/token.js';
import { createTidings } from '../src/tidings.js';
import { createWorld, settle, tokenOf } from './support/world.js';

const TOKEN = tokenOf('ada');

test('parts that need a token at the same moment share one call', async () => {
  let calls = 0;
  const source = createTokenSource(async () => (calls++, TOKEN), createWorld().environment);
  assert.deepEqual(await Promise.all([source('poll'), source('poll')]), [TOKEN, TOKEN]);
  assert.equal(calls, 1);
});

test('a call that never settles is given up, and shared no longer', async () => {
  const { environment, clock } = createWorld();
  let calls = 0;
  const source = createTokenSource(() => (++calls === 1 ? new Promise(() => {}) : TOKEN), environment);
  const first = assert.rejects(source('connect'), /did not answer within 15 s/);
  await clock.advance(TOKEN_WITHIN);
  await first;
  assert.equal(await source('connect'), TOKEN);
  assert.equal(calls, 2);
});

test('a token that comes after its limit serves the call that waits, or the next one', async () => {
  for (const waits of [true, false]) {
    const { environment, clock } = createWorld();
    let answer = () => {};
    let calls = 0;
    const source = createTokenSource(() => (calls++, new Promise((resolve) => (answer = calls === 1 ? resolve : answer))), environment);
    source('connect').catch(() => {});
    await clock.advance(TOKEN_WITHIN);
    const waiting = waits ? source('connect') : null;
    answer(TOKEN);
    await settle();
    assert.equal(await (waiting ?? source('connect')), TOKEN);
    assert.equal(calls, waits ? 2 : 1);
  }
});

test('one call that hangs, at the start or later, does not end the connection', async () => {
  for (const hangs of [1, 2]) {
    const world = createWorld();
    let asked = 0;
    const token = () => (++asked === hangs ? new Promise(() => {}) : TOKEN);
    const tidings = createTidings({ socketUrl: 'ws://service/ws', pollUrl: null, token, environment: world.environment });
    await world.clock.advance(1_000);
    if (hangs > 1) {
      world.service.socket.drop();
    }
    await world.clock.advance(60_000);
    assert.equal(tidings.status.get().state, 'live');
  }
});

test('before anybody is known, signals of the device make no storm of token calls, and connect() asks at once', async () => {
  const world = createWorld();
  let asked = 0;
  let token = null;
  const locks = { request: () => new Promise(() => {}) };
  const BroadcastChannel = class { postMessage() {} close() {} };
  const tidings = createTidings({ socketUrl: 'ws://service/ws', pollUrl: null, token: () => (asked++, token), environment: { ...world.environment, locks, BroadcastChannel } });
  assert.equal(tidings.status.get().state, 'connecting');
  for (let second = 0; second < 60; second += 0.5) {
    ['offline', 'online', 'visible'].forEach(world.say);
    await world.clock.advance(500);
  }
  assert.ok(asked <= 20, `${asked} calls`);
  assert.match(tidings.status.get().reason, /no access token/);
  token = TOKEN;
  const before = asked;
  tidings.connect();
  await settle();
  assert.equal(asked, before + 1);
  await world.clock.advance(6_000);
  assert.equal(tidings.status.get().state, 'live');
});
