/**
 * A world with its own time and dice: timers run when a test says so, sockets lead to a service that the test scripts,
 * and nothing is ever waited for.
 */

import { EventEmitter } from 'node:events';

/** Lets everything happen that waits for promises only. */
export async function settle() {
  // Between two turns of the loop all promises are worked off; streams of answers need a turn of their own.
  for (let turn = 0; turn < 3; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

export function createClock(start = Date.parse('2026-02-07T12:00:00.000Z')) {
  let now = start;
  /** How far the wall clock was set. */
  let ahead = 0;
  let order = 0;
  const timers = new Set();
  return {
    now: () => now + ahead,
    steady: () => now,
    /** Somebody sets the wall clock; no time passes. */
    jump(ms) {
      ahead += ms;
    },
    setTimeout(task, ms) {
      const timer = { task, at: now + ms, order: order++ };
      timers.add(timer);
      return timer;
    },
    clearTimeout: (timer) => timers.delete(timer),
    /** Runs all timers that fall due, in order, as a page in the foreground would. */
    async advance(ms) {
      const end = now + ms;
      await settle();
      for (let timer; (timer = first(end)); ) {
        now = Math.max(now, timer.at);
        timers.delete(timer);
        timer.task();
        await settle();
      }
      now = end;
    },
    /** Time passes without a single timer: the machine sleeps. */
    sleep(ms) {
      now += ms;
    },
  };

  function first(end) {
    return [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at || a.order - b.order)[0];
  }
}

/** A service in memory. `script(socket)` is told of each socket that opens. */
export function createService(clock, script = greet) {
  const service = {
    script,
    /** @type {FakeSocket[]} */
    sockets: [],
    polls: [],
    /** Answers a poll: a body, or a status. */
    answerPoll: () => 503,
    get socket() {
      return service.sockets.at(-1);
    },
    WebSocket: class extends FakeSocket {
      constructor(url) {
        super(url);
        service.sockets.push(this);
        this.openedAt = clock.now();
        queueMicrotask(() => service.script(this));
      }
    },
    /** Sockets whose handshake takes so long. */
    slow: (ms) =>
      class extends FakeSocket {
        constructor(url) {
          super(url);
          service.sockets.push(this);
          clock.setTimeout(() => service.script(this), ms);
        }
      },
    async fetch(url, { headers = {}, signal } = {}) {
      service.polls.push({ url: String(url), headers, at: clock.now() });
      const answer = await service.answerPoll(String(url), headers, signal);
      if (signal?.aborted) {
        throw new Error('aborted');
      }
      return typeof answer === 'number'
        ? new Response('{}', { status: answer })
        : new Response(JSON.stringify(answer), { status: 200 });
    },
  };
  return service;
}

export class FakeSocket {
  readyState = 0;
  sent = [];
  closedWith = null;
  onopen = null;
  onmessage = null;
  onclose = null;
  onerror = null;

  constructor(url) {
    this.url = url;
  }

  /** The upgrade is done. */
  open() {
    this.readyState = 1;
    this.onopen?.({});
  }

  /** The service sends. */
  push(message) {
    this.onmessage?.({ data: typeof message === 'string' ? message : JSON.stringify(message) });
  }

  /** The service closes, or the network does. */
  drop(code = 1006) {
    this.readyState = 3;
    this.onclose?.({ code });
  }

  send(text) {
    const message = JSON.parse(text);
    this.sent.push(message);
    this.onsent?.(message);
  }

  close(code) {
    this.readyState = 3;
    this.closedWith = code;
  }

  last(type) {
    return this.sent.filter((message) => message.type === type).at(-1);
  }
}

/** A good service: opens, greets, answers pings. */
export function greet(socket, { cursor = 'c0', user = 'ada', role = 'user', greeted = () => {} } = {}) {
  socket.onsent = (message) => {
    if (message.type === 'auth' && !socket.greeted) {
      socket.greeted = true;
      socket.push({ type: 'connected', user_id: user, role, cursor: message.cursor ?? cursor, timestamp: 'now' });
      greeted(message.cursor ?? null);
    } else if (message.type === 'auth') {
      socket.push({ type: 'renewed', expires_at: 'later', timestamp: 'now' });
    } else if (message.type === 'ping' && !socket.silent) {
      socket.push({ type: 'pong', timestamp: '2026-02-07T12:00:00.000Z' });
    }
  };
  socket.open();
}

/** A message of the service, number n of the stream. */
export function taskMessage(n, fields = {}) {
  const event = { event_type: 'task.created', user_id: 'ada', task_id: `t${n}`, title: `Task ${n}`, version: 1, timestamp: '2026-02-07T12:00:00.000Z', ...fields };
  return { type: 'task_update', event, id: `e${n}`, source: 'backend', timestamp: '2026-02-07T12:00:00.000Z', cursor: `c${n}` };
}

/** Says what a page would say: looked at, online, offline. */
export function createSignals() {
  const emitter = new EventEmitter();
  return {
    signals(hear) {
      emitter.on('signal', hear);
      return () => emitter.off('signal', hear);
    },
    say: (signal) => emitter.emit('signal', signal),
  };
}

/** Everything that createTidings needs, in one world. */
export function createWorld({ script, dice = () => 0.5 } = {}) {
  const clock = createClock();
  const service = createService(clock, script);
  const signals = createSignals();
  const errors = [];
  const environment = {
    WebSocket: service.WebSocket,
    fetch: service.fetch,
    now: clock.now,
    steady: clock.steady,
    random: dice,
    setTimeout: clock.setTimeout,
    clearTimeout: clock.clearTimeout,
    signals: signals.signals,
    locks: undefined,
    BroadcastChannel: undefined,
    indexedDB: undefined,
    reportError: (error) => errors.push(error),
  };
  return { clock, service, environment, errors, say: signals.say };
}

/** A token as the service issues it, signed by nobody. */
export function tokenOf(sub, role = 'user') {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ sub, role })}.x`;
}

/** Web Locks of one browser. A page that dies is one whose locks are released. */
export function createLocks() {
  const queues = new Map();
  return {
    /** @param run runs a task of the page, now or when it is not frozen any more */
    page(run = (task) => task()) {
      const mine = new Set();
      return {
        locks: { request: (name, options, work) => request(mine, name, options, work, run) },
        die: () => [...mine].forEach((entry) => entry.leave()),
      };
    },
  };

  function request(mine, name, { signal, steal }, work, run) {
    const queue = queues.get(name) ?? [];
    queues.set(name, queue);
    return new Promise((resolve, reject) => {
      const entry = {
        run() {
          entry.running = true;
          run(() =>
            Promise.resolve(work({ name })).then((value) => {
              entry.leave();
              resolve(value);
            }),
          );
        },
        leave() {
          const was = queue.indexOf(entry);
          mine.delete(entry);
          if (was >= 0) {
            queue.splice(was, 1);
            advance(queue);
          }
        },
      };
      mine.add(entry);
      signal?.addEventListener('abort', () => {
        if (!entry.running) {
          entry.leave();
          reject(new Error('aborted'));
        }
      });
      if (steal) {
        const robbed = queue[0];
        queue.splice(0, robbed?.running ? 1 : 0, entry);
        robbed?.rob?.();
      } else {
        queue.push(entry);
      }
      entry.rob = () => {
        mine.delete(entry);
        run(() => reject(new Error('stolen')));
      };
      advance(queue);
    });
  }

  function advance(queue) {
    if (queue.length > 0 && !queue[0].running) {
      queueMicrotask(() => queue.length > 0 && !queue[0].running && queue[0].run());
    }
  }
}

/** BroadcastChannel of one browser: in order, to all others of the name. A frozen page hears nothing. */
export function createChannels() {
  const open = new Map();
  return {
    /** @param page whose `frozen` tells whether it hears anything */
    page(page = { frozen: false }) {
      const mine = [];
      return {
        BroadcastChannel: class {
          onmessage = null;
          constructor(name) {
            this.name = name;
            open.set(name, [...(open.get(name) ?? []), this]);
            mine.push(this);
          }
          postMessage(data) {
            const copy = structuredClone(data);
            const others = (open.get(this.name) ?? []).filter((other) => other !== this);
            queueMicrotask(() => others.forEach((other) => other.deaf() || other.onmessage?.({ data: copy })));
          }
          deaf() {
            return page.frozen || !(open.get(this.name) ?? []).includes(this);
          }
          close() {
            open.set(this.name, (open.get(this.name) ?? []).filter((other) => other !== this));
          }
        },
        die: () => mine.forEach((channel) => channel.close()),
      };
    },
  };
}
