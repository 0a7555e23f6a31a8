// Proves R-OR-5.
import assert from 'node:assert/strict';
import test from 'node:test';
import { createBrowser } from './support/browser.js';
import { seededDice } from './support/misbehaving-server.js';

const numbers = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

test('tabs of a user share one connection, and each sees every event once', async () => {
  const browser = createBrowser();
  const tabs = [browser.open(), browser.open(), browser.open()];
  await browser.clock.advance(100);
  assert.equal(browser.live().length, 1);
  assert.deepEqual(tabs.map(({ tidings }) => tidings.status.get().leader), [true, false, false]);
  assert.deepEqual(tabs.map(({ tidings }) => tidings.status.get().state), ['live', 'live', 'live']);
  assert.deepEqual(tabs.map(({ reasons }) => reasons), [['start'], ['start'], ['start']]);
  await browser.event(5);
  tabs.forEach(({ seen }) => assert.deepEqual(seen, numbers(1, 5)));
});

test('a tab that opens later begins where the others are', async () => {
  const browser = createBrowser();
  const first = browser.open();
  await browser.clock.advance(100);
  await browser.event(3);
  const second = browser.open();
  await browser.clock.advance(100);
  await browser.event(2);
  assert.deepEqual(first.seen, numbers(1, 5));
  assert.deepEqual(second.seen, numbers(4, 5));
  assert.equal(browser.live().length, 1);
});

test('other users and roles have connections of their own', async () => {
  const browser = createBrowser();
  browser.open();
  browser.open({ user: 'bob' });
  await browser.clock.advance(100);
  assert.equal(browser.live().length, 2);
});

test('the death of the leading tab in mid-stream loses nothing', async () => {
  const browser = createBrowser();
  const [first, second, third] = [browser.open(), browser.open(), browser.open()];
  await browser.clock.advance(100);
  await browser.event(3);
  first.die();
  browser.quietly(4);
  await browser.clock.advance(5_000);
  await browser.event(3);
  assert.equal(browser.live().length, 1);
  assert.equal(second.tidings.status.get().leader, true);
  assert.deepEqual(second.seen, numbers(1, 10));
  assert.deepEqual(third.seen, numbers(1, 10));
  second.tidings.close();
  browser.quietly(2);
  await browser.clock.advance(5_000);
  await browser.event(1);
  assert.deepEqual(third.seen, numbers(1, 13));
});

test('a frozen tab that missed events gets them from the leader when it wakes', async () => {
  const browser = createBrowser();
  const [, second] = [browser.open(), browser.open()];
  await browser.clock.advance(100);
  second.freeze();
  await browser.event(20);
  assert.deepEqual(second.seen, []);
  second.thaw();
  await browser.event(1);
  await browser.clock.advance(100);
  assert.deepEqual(second.seen, numbers(1, 21));
  assert.equal(browser.service.polls.length, 0);
});

test('a tab that was frozen for longer than the leader remembers reads the rest by itself', async () => {
  const browser = createBrowser();
  const [, second] = [browser.open(), browser.open()];
  await browser.clock.advance(100);
  second.freeze();
  await browser.event(700);
  second.thaw();
  second.say('visible');
  await browser.event(2);
  await browser.clock.advance(1_000);
  await browser.event(1);
  assert.deepEqual(second.seen, numbers(1, 703));
});

test('and if it cannot, it is told of the gap and loads anew', async () => {
  const browser = createBrowser();
  const [, second] = [browser.open({ pollUrl: null }), browser.open({ pollUrl: null })];
  const gaps = [];
  second.tidings.on('gap', (gap) => gaps.push(gap));
  await browser.clock.advance(100);
  second.freeze();
  await browser.event(700);
  second.thaw();
  await browser.event(1);
  await browser.clock.advance(100);
  await browser.event(1);
  assert.equal(gaps.length, 1);
  assert.deepEqual(second.reasons, ['start', 'gap']);
  assert.deepEqual(second.seen, [702]);
});

test('a leader that is frozen loses its lock to the tab that is looked at', async () => {
  const browser = createBrowser();
  const [first, second] = [browser.open(), browser.open()];
  await browser.clock.advance(100);
  first.freeze();
  browser.quietly(2);
  second.say('visible');
  await browser.clock.advance(3_000);
  assert.equal(second.tidings.status.get().leader, true);
  assert.deepEqual(second.seen, numbers(1, 2));
  first.thaw();
  await browser.event(2);
  await browser.clock.advance(3_000);
  assert.equal(browser.live().length, 1);
  assert.equal(first.tidings.status.get().leader, false);
  assert.deepEqual(first.seen, numbers(1, 4));
  assert.deepEqual(second.seen, numbers(1, 4));
});

test('while the socket is blocked one tab polls for all', async () => {
  const browser = createBrowser();
  browser.service.script = (socket) => socket.drop();
  const answer = browser.service.answerPoll;
  browser.service.answerPoll = (url) => (url.includes('cursor') ? answer(url) : { events: [], cursor: 'c0', hasMore: false });
  const tabs = [browser.open(), browser.open()];
  await browser.clock.advance(4_000);
  browser.quietly(3);
  await browser.clock.advance(34_000);
  tabs.forEach(({ seen, tidings }) => {
    assert.deepEqual(seen, numbers(1, 3));
    assert.equal(tidings.status.get().state, 'polling');
  });
  assert.ok(browser.service.polls.length <= 3);
});

test('connect() in a tab that does not lead restarts a connection that stopped, with that tab\'s token', async () => {
  const browser = createBrowser();
  let session = 'old';
  let accepted = ['old', 'new'];
  const { serve } = browser;
  browser.service.script = (socket) => {
    const { open } = socket;
    socket.open = () => {
      const { onsent } = socket;
      socket.onsent = (message) => (message.type === 'auth' && !accepted.includes(message.token) ? socket.drop(4300) : onsent(message));
      open.call(socket);
    };
    serve(socket);
  };
  const options = { pollUrl: null, userId: 'ada', token: () => session };
  const tabs = [browser.open({ ...options, token: () => 'old' }), browser.open(options), browser.open(options)];
  await browser.clock.advance(5_000);
  accepted = ['new'];
  browser.live().forEach((socket) => socket.drop());
  await browser.clock.advance(120_000);
  assert.deepEqual(tabs.map(({ tidings }) => tidings.status.get().state), ['stopped', 'stopped', 'stopped']);
  const { length } = browser.service.sockets;
  await browser.clock.advance(3_600_000);
  assert.equal(browser.service.sockets.length, length, 'nobody tries again unasked');
  session = 'new';
  tabs[2].tidings.connect();
  await browser.clock.advance(5_000);
  assert.deepEqual(tabs.map(({ tidings }) => tidings.status.get().state), ['live', 'live', 'live']);
  assert.equal(tabs[2].tidings.status.get().leader, true);
});

test('a leader that has no token, cannot get one, or opens no socket gives way to a tab that can', async () => {
  const bad = { 'no token': { token: () => null }, 'a token function that hangs': { token: () => new Promise(() => {}) }, 'one that fails': { token: () => Promise.reject(new Error('no network')) } };
  for (const [what, options] of Object.entries(bad)) {
    const browser = createBrowser();
    const first = browser.open({ userId: 'ada', pollUrl: null, ...options });
    await browser.clock.advance(1_000);
    const second = browser.open({ userId: 'ada', pollUrl: null });
    await browser.clock.advance(30_000);
    assert.deepEqual([first, second].map(({ tidings }) => tidings.status.get().state), ['live', 'live'], what);
    assert.equal(second.tidings.status.get().leader, true, what);
    await browser.event(2);
    assert.deepEqual(first.seen, second.seen);
  }
});

test('a leader whose page answers an expired token over and over gives way to a tab with a good one', async () => {
  const browser = createBrowser();
  const { serve } = browser;
  let expired = [];
  browser.service.script = (socket) => {
    const { open } = socket;
    socket.open = () => {
      const { onsent } = socket;
      socket.onsent = (message) => (message.type === 'auth' && expired.includes(message.token) ? socket.drop(4200) : onsent(message));
      open.call(socket);
    };
    serve(socket);
  };
  const [first, second] = ['old', 'new'].map((token) => browser.open({ userId: 'ada', pollUrl: null, token: () => token }));
  await browser.clock.advance(1_000);
  expired = ['old'];
  browser.service.socket.drop(4200);
  await browser.clock.advance(20_000);
  assert.deepEqual([first, second].map(({ tidings }) => tidings.status.get().state), ['live', 'live']);
  assert.equal(second.tidings.status.get().leader, true);
});

test('a leader that freezes is replaced although nobody looks, and resigns by itself if it is told before', async () => {
  for (const isTold of [true, false]) {
    const browser = createBrowser();
    const [first, second] = [browser.open(), browser.open()];
    await browser.clock.advance(1_000);
    if (isTold) {
      first.say('frozen');
    }
    first.freeze();
    await browser.clock.advance(isTold ? 1_000 : 26_000);
    assert.equal(second.tidings.status.get().leader, true);
    assert.equal(second.tidings.status.get().state, 'live');
    await browser.event(2);
    first.thaw();
    first.say('visible');
    await browser.clock.advance(5_000);
    assert.equal(browser.live().length, 1);
    assert.deepEqual(first.seen, [1, 2]);
  }
});

test('a lost message over the channel is made up for by the next hello', async () => {
  const browser = createBrowser();
  const [, second] = [browser.open(), browser.open()];
  await browser.clock.advance(1_000);
  second.freeze();
  await browser.event(3);
  second.thaw();
  await browser.clock.advance(21_000);
  assert.deepEqual(second.seen, [1, 2, 3]);
});

test('a leader whose timers are held up reconnects at the pace of a tab that follows', async () => {
  const browser = createBrowser();
  const slow = (good) => ({ setTimeout: { value: (task, ms) => good.setTimeout(task, ms + 60_000) } });
  const [first, second] = [browser.open({}, slow), browser.open()];
  await browser.clock.advance(10_000);
  assert.equal(first.tidings.status.get().leader, true);
  browser.live().forEach((socket) => socket.drop());
  await browser.clock.advance(26_000);
  assert.deepEqual([first, second].map(({ tidings }) => tidings.status.get().state), ['live', 'live']);
});

test('two tabs that lead at once are both right, and become one again', async () => {
  const browser = createBrowser();
  // Locks that are granted to everybody.
  const broken = () => ({ locks: { value: { request: (name, options, work) => Promise.resolve(work({ name })) } } });
  const forbidden = () => ({ locks: { value: { request: async () => Promise.reject(new Error('no')) } } });
  const tabs = [browser.open({}, broken), browser.open({}, broken)];
  await browser.clock.advance(1_000);
  await browser.event(3);
  tabs.forEach(({ seen }) => assert.deepEqual(seen, [1, 2, 3]));
  tabs.forEach(({ tidings }) => tidings.close());
  const others = [browser.open({}, forbidden), browser.open({}, forbidden), browser.open({}, forbidden)];
  await browser.clock.advance(130_000);
  assert.equal(browser.live().length, 1);
  await browser.event(2);
  others.forEach(({ seen }) => assert.deepEqual(seen, [4, 5]));
});

test('a connection that turns out to be for another user is shared with nobody, and keeps nothing', async () => {
  const browser = createBrowser();
  const [first, second] = [browser.open(), browser.open()];
  await browser.clock.advance(1_000);
  const { service, serve } = browser;
  service.script = (socket) => {
    service.script = serve;
    const { push } = socket;
    socket.push = (message) => push.call(socket, message.type === 'connected' ? { ...message, user_id: 'bob' } : message);
    serve(socket);
  };
  service.socket.drop();
  await browser.clock.advance(30_000);
  assert.equal(first.tidings.identity().userId, 'bob');
  assert.equal(second.tidings.identity().userId, 'ada');
  assert.equal(second.tidings.status.get().state, 'live');
});

test('whatever tabs do, each sees every event once (seeds are printed)', async () => {
  for (const seed of Array.from({ length: 40 }, (_, i) => i)) {
    const browser = createBrowser(seed);
    const dice = seededDice(seed);
    const tabs = [];
    let appended = 0;
    for (let step = 0; step < 120; step++) {
      const tab = tabs[Math.floor(dice() * tabs.length)];
      const what = dice();
      if (tabs.length < 2 || (what < 0.08 && tabs.length < 5)) {
        const opened = browser.open();
        tabs.push(opened);
        await browser.clock.advance(100);
        opened.first = appended + 1;
      } else if (what < 0.12) {
        tab.die();
        tabs.splice(tabs.indexOf(tab), 1);
      } else if (what < 0.16) {
        tab.tidings.close();
        tabs.splice(tabs.indexOf(tab), 1);
      } else if (what < 0.24 && !tab.tidings.status.get().leader) {
        tab.freeze();
      } else if (what < 0.34) {
        tab.thaw();
        tab.say('visible');
      } else if (what < 0.4) {
        browser.live().forEach((socket) => socket.drop());
      } else if (what < 0.6) {
        browser.quietly(3);
        appended += 3;
      } else {
        await browser.event(2);
        appended += 2;
      }
      if (dice() < 0.3) {
        await browser.clock.advance(dice() * 5_000);
      }
    }
    tabs.forEach((tab) => tab.thaw());
    await browser.clock.advance(61_000);
    tabs.forEach((tab) => tab.say('visible'));
    await browser.clock.advance(61_000);
    await browser.event(1);
    await browser.clock.advance(10_000);
    for (const { seen } of tabs) {
      // A new leader may have stood behind the others: then they hear some older events, too, each for the first time.
      const sorted = [...seen].sort((a, b) => a - b);
      assert.deepEqual(sorted, numbers(sorted[0], appended + 1), `seed ${seed}`);
    }
    assert.equal(browser.live().length, 1, `seed ${seed}`);
  }
});
