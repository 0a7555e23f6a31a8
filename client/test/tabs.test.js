import assert from 'node:assert/strict';
import test from 'node:test';
import { createTidings } from '../src/tidings.js';
import { createChannels, createLocks, createSignals, createWorld, greet, settle, taskMessage, tokenOf } from './support/world.js';

/** A browser with tabs of one user, and a service with a log that replays. */
function createBrowser() {
  const world = createWorld();
  const { service, clock } = world;
  const locks = createLocks();
  const channels = createChannels();
  const events = [];
  const after = (cursor) => events.slice(cursor === null ? events.length : Number(cursor.slice(1)));
  const live = (socket) => socket.readyState === 1 && socket.greeted && !socket.ofDead;

  /** In order and without a hole, as the service promises. */
  const send = (socket) => {
    while (socket.next < events.length) {
      socket.push(events[socket.next++]);
    }
  };

  service.script = (socket) => {
    const greeted = (cursor) => {
      socket.next = cursor === null ? events.length : Number(cursor.slice(1));
      send(socket);
    };
    greet(socket, { cursor: `c${events.length}`, greeted });
  };
  service.answerPoll = (url) => {
    const page = after(new URL(url).searchParams.get('cursor')).slice(0, 100);
    const cursor = page.at(-1)?.cursor ?? new URL(url).searchParams.get('cursor');
    return { events: page, cursor, hasMore: cursor !== `c${events.length}` };
  };

  return {
    ...world,
    live: () => service.sockets.filter(live),
    async event(count = 1) {
      for (let i = 0; i < count; i++) {
        const message = taskMessage(events.length + 1);
        events.push(message);
        service.sockets.filter(live).forEach(send);
      }
      await settle();
    },
    /** Events that nobody is told of, as happens while connections change. */
    quietly: (count) => Array.from({ length: count }, () => events.push(taskMessage(events.length + 1))),
    open(options = {}) {
      const lock = locks.page();
      const channel = channels.page();
      const signals = createSignals();
      const sockets = [];
      let dead = false;
      const environment = {
        ...world.environment,
        locks: lock.locks,
        BroadcastChannel: channel.BroadcastChannel,
        signals: signals.signals,
        random: Math.random,
        setTimeout: (task, ms) => clock.setTimeout(() => dead || task(), ms),
        WebSocket: class extends service.WebSocket {
          constructor(url) {
            super(url);
            this.ofDead = dead;
            sockets.push(this);
          }
        },
      };
      const tidings = createTidings({
        socketUrl: 'ws://service/ws',
        token: () => tokenOf(options.user ?? 'ada'),
        environment,
        ...options,
      });
      const seen = [];
      tidings.on('task_update', ({ title }) => seen.push(Number(title.slice(5))));
      const reasons = [];
      tidings.keepFresh(({ reason }) => reasons.push(reason));
      return {
        tidings,
        seen,
        reasons,
        say: signals.say,
        freeze: () => (channel.frozen = true),
        thaw: () => (channel.frozen = false),
        /** Without a farewell: its timers, sockets, locks and channels go as when a process dies. */
        die() {
          dead = true;
          sockets.forEach((socket) => Object.assign(socket, { ofDead: true, onmessage: null, onclose: null }));
          lock.die();
          channel.die();
        },
      };
    },
  };
}

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

test('whatever tabs do, each sees every event once (seeds are printed)', async () => {
  for (const seed of Array.from({ length: 40 }, (_, i) => i)) {
    const browser = createBrowser();
    const dice = mulberry(seed);
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

function mulberry(seed) {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
