/**
 * A browser with tabs of one user, and a service with a log that replays. Every tab can be frozen, killed, or given a
 * feature that fails.
 */

import { createTidings } from '../../src/tidings.js';
import { seededDice } from './misbehaving-server.js';
import { createChannels, createLocks, createSignals, createWorld, greet, settle, taskMessage, tokenOf } from './world.js';

/** @param {number} [seed] of the tabs' dice */
export function createBrowser(seed = 1) {
  const world = createWorld();
  const dice = seededDice(seed);
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

  /** A good service. */
  const serve = (socket) => {
    const greeted = (cursor) => {
      socket.next = cursor === null ? events.length : Number(cursor.slice(1));
      send(socket);
    };
    greet(socket, { cursor: `c${events.length}`, greeted });
  };
  service.script = serve;
  service.answerPoll = (url) => {
    const cursor = new URL(url).searchParams.get('cursor') ?? `c${events.length}`;
    const page = after(cursor).slice(0, 100);
    const last = page.at(-1)?.cursor ?? cursor;
    return { events: page, cursor: last, hasMore: last !== `c${events.length}` };
  };

  return {
    ...world,
    serve,
    live: () => service.sockets.filter(live),
    async event(count = 1) {
      for (let i = 0; i < count; i++) {
        events.push(taskMessage(events.length + 1));
        service.sockets.filter(live).forEach(send);
      }
      await settle();
    },
    /** Events that nobody is told of, as happens while connections change. */
    quietly: (count) => Array.from({ length: count }, () => events.push(taskMessage(events.length + 1))),
    total: () => events.length,

    /**
     * @param {object} [options] of `createTidings`, `user`
     * @param {(good: object) => object} [fault] answers property descriptors that replace the tab's good features
     */
    open({ user = 'ada', ...options } = {}, fault = () => ({})) {
      const page = createPage();
      const lock = locks.page(page.run);
      const channel = channels.page(page);
      const signals = createSignals();
      const sockets = [];
      const good = {
        ...world.environment,
        locks: lock.locks,
        BroadcastChannel: channel.BroadcastChannel,
        signals: signals.signals,
        random: dice,
        setTimeout: (task, ms) => clock.setTimeout(() => page.run(task), ms),
        WebSocket: class extends service.WebSocket {
          constructor(url) {
            super(url);
            this.ofDead = page.isDead;
            sockets.push(this);
          }
          push(message) {
            page.run(() => super.push(message));
          }
        },
      };
      const environment = Object.defineProperties({ ...good }, fault(good));
      const tidings = createTidings({ socketUrl: 'ws://service/ws', token: () => tokenOf(user), environment, ...options });
      const seen = [];
      tidings.on('task_update', ({ title }) => seen.push(Number(title.slice(5))));
      const reasons = [];
      tidings.keepFresh(({ reason }) => reasons.push(reason));
      return {
        tidings,
        seen,
        reasons,
        /** The first event that the tab could see. */
        from: events.length + 1,
        say: (signal) => page.run(() => signals.say(signal)),
        freeze: page.freeze,
        thaw: page.thaw,
        /** Without a farewell: its timers, sockets, locks and channels go as when a process dies. */
        die() {
          page.isDead = true;
          sockets.forEach((socket) => Object.assign(socket, { ofDead: true, onmessage: null, onclose: null }));
          lock.die();
          channel.die();
        },
      };
    },
  };
}

/** Whether scripts of a page run: what comes while it is frozen waits until it is not. */
function createPage() {
  let waiting = [];
  const page = {
    isDead: false,
    frozen: false,
    run(task) {
      if (page.frozen) {
        waiting.push(task);
      } else if (!page.isDead) {
        task();
      }
    },
    freeze: () => (page.frozen = true),
    thaw() {
      page.frozen = false;
      const tasks = waiting;
      waiting = [];
      tasks.forEach((task) => page.run(task));
    },
  };
  return page;
}
