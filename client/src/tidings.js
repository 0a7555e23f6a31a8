/**
 * Combines the modules: one user's live updates on one page. The README of this folder describes the modules.
 */

import { createAnalytics } from './analytics.js';
import { retryDelay } from './backoff.js';
import { WAKE_APART } from './connection.js';
import { createCollection } from './collection.js';
import { createDelivery } from './delivery.js';
import { createEmitter } from './emitter.js';
import { environment as surroundings } from './environment.js';
import { createFreshness } from './freshness.js';
import { createKeeping } from './keeping.js';
import { createLog } from './log.js';
import { observable } from './observable.js';
import { subscribeToOrders } from './orders.js';
import { ask } from './polling.js';
import { createSession } from './session.js';
import { createTabs } from './tabs.js';
import { claimsOf, createTokenSource } from './token.js';
import { isUserId } from './user-id.js';

/**
 * @typedef {object} Options
 * @property {string} socketUrl `wss://…/ws`
 * @property {import('./token.js').TokenFunction} [token] returns a token whenever one is needed. For the reason `expired`
 *     it must return a new one. Without it no token is sent, which only a service with its development switch accepts
 * @property {string | null} [pollUrl] of the polling endpoint; derived from `socketUrl` by default; null disables polling
 * @property {boolean} [tabs] one connection for all tabs of the user (true if the browser supports it)
 * @property {boolean | string} [offline] stores cursor and states in IndexedDB for the next start (false). A string names the
 *     page: pages with different content must not share a name; true uses the path of the page
 * @property {string} [userId] the user of the token, if it is no JWT
 * @property {boolean} [autoStart] connect at once (true), or when `connect()` is called
 * @property {boolean | import('./log.js').Log} [log] log lines: true for the console, or a function (false)
 * @property {Partial<import('./environment.js').Environment>} [environment] for runtimes without browser globals, and tests
 *
 * @typedef {object} Status
 * @property {'idle' | 'connecting' | 'live' | 'polling' | 'reconnecting' | 'offline' | 'stopped'} state
 * @property {boolean} leader whether this tab holds the connection; false if another tab does
 * @property {string} reason why it is not live, for display; empty while live
 * @property {number} code close code of the last connection, 0 if there was none
 * @property {number | null} retryAt when the next attempt is made, epoch ms
 * @property {string | null} userId
 * @property {string | null} role
 * @property {readonly string[]} without features that the browser does not offer, with the reason. The page works without
 *     them, but may have its own connection, or store nothing for an offline start
 *
 * @typedef {import('./messages.js').EventMessage} EventMessage
 * @typedef {import('./messages.js').TaskEvent} TaskEvent
 * @typedef {import('./messages.js').BusinessEvent} BusinessEvent
 * @typedef {import('./orders.js').OrderCreated} OrderCreated
 * @typedef {import('./orders.js').OrderUpdated} OrderUpdated
 * @typedef {import('./orders.js').OrderCancelled} OrderCancelled
 * @typedef {import('./notifications.js').Notification} Notification
 *
 * @typedef {{
 *   'task_update': TaskEvent, 'task.created': TaskEvent, 'task.updated': TaskEvent, 'task.completed': TaskEvent,
 *   'task.deleted': TaskEvent,
 *   'business-event': BusinessEvent, 'PURCHASE_CREATED': BusinessEvent, 'COURSE_ACCESS_GRANTED': BusinessEvent,
 *   'TRAINER_ALLOCATED': BusinessEvent, 'SESSIONS_GENERATED': BusinessEvent, 'SESSION_COMPLETED': BusinessEvent,
 *   'order:created': OrderCreated, 'order:updated': OrderUpdated, 'order:cancelled': OrderCancelled,
 *   'notification': Notification, 'notification_read': Notification,
 *   'event': Record<string, any>,
 *   'gap': import('./messages.js').GapMessage, 'connected': import('./messages.js').AnyMessage,
 *   'error': import('./messages.js').AnyMessage, 'refresh': { reason: import('./freshness.js').RefreshReason }
 * }} Events the types for `on`; `event` is every event
 */

/** Maximum delay of an acknowledgement after an event was applied (ms). */
const ACKNOWLEDGE_AFTER = 1_000;

/** Messages about the connection that a page may handle. */
const TALK = ['subscribed', 'token_expiring', 'renewed', 'bye'];

/** Maximum number of pages that a tab reads by itself if its leader no longer has the events. */
const CATCH_UP_PAGES = 100;

/** Features that a page always wants, though it works without each of them. @type {Readonly<Record<string, string>>} */
const WANTED = { WebSocket: 'WebSocket', fetch: 'fetch', setTimeout: 'timers', signals: 'page events' };

/** Version of the notes between tabs; it changes with their format. */
const TABS_VERSION = 2;

/**
 * Live updates for one user.
 *
 * ```js
 * const tidings = createTidings({ socketUrl: 'ws://localhost:8004/ws', token: async () => myToken });
 * tidings.on('task_update', (task) => show(task));
 * ```
 *
 * @param {Options} options
 */
export function createTidings(options) {
  const { socketUrl, autoStart = true } = check(options);
  const env = surroundings(options.environment);
  const log = createLog(options.log);
  const tab = Math.floor(env.random() * 2 ** 52).toString(36) + Math.floor(env.now()).toString(36);
  const token = options.token ? createTokenSource(options.token, env) : null;
  const pollUrl = options.pollUrl === undefined ? pollUrlOf(socketUrl) : options.pollUrl;

  const emitter = createEmitter((name, error) => env.reportError(new Error(`a handler of '${name}' failed`, { cause: error })));
  const analytics = createAnalytics(env.steady);
  const freshness = createFreshness({
    announce: (reason) => emitter.emit('refresh', { reason }),
    failed: (error) => log('[Tidings] A refresh failed, and is not repeated by itself', error),
    environment: env,
  });
  const session = createSession({ emitter, changed: freshness.changed, analytics, role: () => identity.role ?? undefined, log });
  const keeping = createKeeping({
    isOn: Boolean(options.offline),
    session,
    unusable(error) {
      log('[Tidings] Nothing can be kept for an offline start', error);
      lacks('IndexedDB', error);
    },
    environment: env,
  });

  /** @type {{ userId: string | null, role: string | null }} */
  let identity = { userId: options.userId ?? null, role: null };
  /** @type {import('./delivery.js').Link} */
  let link = { state: 'idle', reason: '', code: 0, retryAt: null, own: false };
  let networkGone = false;
  let started = false;
  let closed = false;
  /** Whether the user of the connection is known. */
  let isReady = false;
  /** Where the service put a connection whose own cursor it could not read. @type {string | null} */
  let greeting = null;
  /** @type {any} */
  let acknowledgeTimer = null;
  /** Why a feature cannot be used. @type {Map<string, string>} */
  const lacking = new Map();
  /** Ends the pause between two attempts to get the first token, unless the last one was just made. @type {(isAsked: boolean) => void} */
  let hurry = () => {};
  /** @type {import('./tabs.js').Tabs | null} */
  let tabs = null;
  /** @type {() => void} */
  let unlisten = () => {};

  const status = observable(statusNow(), env.reportError);
  const delivery = createDelivery({
    socketUrl,
    pollUrl,
    token,
    cursor: session.cursor,
    report: analytics.report,
    deliver: receive,
    caughtUp: (cursor) => {
      session.moveTo(cursor);
      positioned();
    },
    badCursor: () => startOver(null, 'invalid_cursor'),
    changed(next) {
      link = next;
      tabs?.stateChanged();
      showStatus();
    },
    log,
    environment: env,
  });

  if (autoStart) {
    connect();
  }

  return {
    /** The status for the connection indicator; an observable. */
    status: { get: status.get, subscribe: status.subscribe },

    /** Connects, also after the connection stopped. */
    connect,

    /** Closes the connection and removes all handlers. Stored data for the next start remains. */
    close,

    on,

    /**
     * Passes order events, with defaults for missing fields, to a callback per type.
     * @param {import('./orders.js').OrderCallbacks} callbacks
     * @returns {() => void} stops it
     */
    subscribeToOrders: (callbacks) => subscribeToOrders(api(), callbacks),

    /**
     * Loads the page's data once its position in the stream of events is known, and again after a gap, when the
     * user returns to an outdated page, and on `refresh()`.
     * @param {import('./freshness.js').Loader} load
     * @returns {() => void} stops it
     */
    keepFresh: freshness.keep,

    /** Catches up and loads everything again, for example after pull-to-refresh. @returns {Promise<void>} */
    async refresh() {
      wake();
      await freshness.refresh('manual');
    },

    /** Reports that the user looks at the page again, for runtimes without browser signals (React Native's AppState). */
    wake: () => hearSignal('visible'),

    /**
     * A list of versioned items, fed by events, loads and optimistic changes; stored for an offline start.
     * @template T
     * @param {string} name
     * @param {import('./collection.js').CollectionOptions<T>} [settings]
     * @returns {import('./collection.js').Collection<T> & { close: () => void }}
     */
    collection(name, settings) {
      const collection = createCollection(settings);
      const state = freshness.state();
      const ends = [keeping.keep(name, collection), collection.items.subscribe(keeping.changed)];
      return {
        ...collection,
        load(fetch) {
          state.loading();
          return collection.load(fetch);
        },
        put(item) {
          collection.put(item);
          state.changed();
        },
        remove(id, version) {
          collection.remove(id, version);
          state.changed();
        },
        close: () => ends.forEach((end) => end()),
      };
    },

    /**
     * Stores a state of the page for its next start, together with its cursor (option `offline`).
     * @param {string} name
     * @param {import('./keeping.js').Source} source
     * @returns {() => void} stops it; the last state remains stored
     */
    keep: keeping.keep,

    /** Sends the name of a channel to the service; the page receives all events of the user in any case. @param {string} channel */
    subscribe(channel) {
      const message = { type: 'subscribe', channel };
      if (tabs) {
        tabs.send(message);
      } else {
        delivery.send(message);
      }
    },

    /** Counts of the events on this page by result, and their latency. */
    analytics: analytics.figures,

    /** The latest events that are stored for an offline start, newest last. @returns {readonly EventMessage[]} */
    events: keeping.events,

    /** The user and role of the connection, as far as known. */
    identity: () => ({ ...identity }),

    log,
  };

  /** @returns {import('./orders.js').Source} */
  function api() {
    return { on, identity: () => identity };
  }

  /**
   * @template {keyof Events} T
   * @overload
   * @param {T} type
   * @param {(event: Events[T], message: EventMessage) => unknown} handler
   * @returns {() => void}
   */
  /**
   * Calls the handler for each event of that type: a message's type (`task_update`), an event's own (`task.created`), or
   * `event` for all.
   * @overload
   * @param {string} type
   * @param {(event: any, message: EventMessage) => unknown} handler
   * @returns {() => void} stops it
   */
  /** @param {string} type @param {(event: any, message: any) => unknown} handler */
  function on(type, handler) {
    return emitter.on(type, handler);
  }

  function connect() {
    if (closed) {
      throw new Error('it was closed; create another one');
    }
    if (!started) {
      started = true;
      Object.entries(WANTED).forEach(([property, feature]) => need(property, feature));
      unlisten = env.signals(hearSignal);
      freshness.start();
      link = { ...link, state: 'connecting' };
      showStatus();
      start().catch((error) => {
        // A single page does not need the feature.
        env.reportError(error);
        tabs?.stop();
        tabs = null;
        isReady = true;
        if (!closed) {
          delivery.start();
        }
      });
    } else if (tabs) {
      tabs.connect();
    } else {
      hurry(true);
      if (isReady) {
        delivery.start();
      }
    }
  }

  async function start() {
    const canShare = shares();
    if (canShare || options.offline) {
      await identify();
    }
    if (options.offline && !closed) {
      const page = options.offline === true ? pathOfPage() : options.offline;
      if (await keeping.restore(`${identity.userId ?? ''} ${identity.role ?? ''} ${page}`)) {
        freshness.positioned();
      }
    }
    if (closed) {
      return;
    }
    isReady = true;
    if (!canShare || identity.userId === null) {
      delivery.start();
      return;
    }
    tabs = createTabs({
      name: `tidings/${TABS_VERSION} ${socketUrl} ${identity.role ?? ''} ${identity.userId}`,
      tab,
      session,
      lead: delivery.start,
      restart: delivery.start,
      resign() {
        delivery.stop();
        link = { state: 'connecting', reason: 'another tab takes the connection over', code: 0, retryAt: null, own: false };
        showStatus();
      },
      state: () => ({ link, identity }),
      follow: followState,
      hear: takeAndKeep,
      catchUp,
      able: async () => token === null || (await token('connect').catch(() => null)) !== null,
      wake: () => void delivery.wake(),
      tick: delivery.tick,
      send: delivery.send,
      lacks,
      environment: env,
    });
    tabs.start();
    showStatus();
  }

  /** Whether tabs can share a connection. Missing features are reported. */
  function shares() {
    if (options.tabs === false) {
      return false;
    }
    const all = [need('locks', 'Web Locks'), need('BroadcastChannel', 'BroadcastChannel')];
    return all.every(Boolean);
  }

  /** @param {string} property of the environment @param {string} feature its displayed name @returns {boolean} whether it exists */
  function need(property, feature) {
    const why = env.whyNot(property);
    if (why !== '') {
      lacks(feature, why);
    }
    return why === '';
  }

  /** @param {string} feature @param {unknown} reason why it cannot be used */
  function lacks(feature, reason) {
    if (!lacking.has(feature)) {
      lacking.set(feature, String(reason));
      log(`[Tidings] This page works without ${feature}: ${reason}`);
      showStatus();
    }
  }

  /** Determines the user, which needs a token. */
  async function identify() {
    for (let attempt = 0; token !== null && identity.userId === null && !closed; attempt++) {
      try {
        const jwt = await token('connect');
        if (jwt !== null) {
          const { sub, role } = claimsOf(jwt);
          identity = { userId: sub ?? null, role: role ?? identity.role };
          return;
        }
        log('[EventSocket] No access token or valid role available');
        link = { ...link, state: 'connecting', reason: 'no access token or valid role available' };
      } catch (error) {
        link = { ...link, state: 'connecting', reason: `the token could not be had: ${error}` };
      }
      showStatus();
      const pause = retryDelay({ advice: 'back-off', attempt, dice: env.random() });
      const began = env.steady();
      await new Promise((resolve) => {
        hurry = (isAsked) => (isAsked || env.steady() - began >= WAKE_APART) && resolve(undefined);
        env.setTimeout(() => resolve(undefined), pause);
      });
    }
  }

  /** @param {import('./messages.js').AnyMessage} message a message of this tab's connection */
  function receive(message) {
    switch (message.type) {
      case 'connected':
        if (identity.userId !== null && typeof message.user_id === 'string' && message.user_id !== identity.userId) {
          standAlone(message.user_id);
        }
        identity = {
          userId: typeof message.user_id === 'string' ? message.user_id : identity.userId,
          role: typeof message.role === 'string' ? message.role : identity.role,
        };
        greeting = typeof message.cursor === 'string' ? message.cursor : null;
        // Independent of the device's state.
        networkGone = false;
        if (session.cursor() === null) {
          session.moveTo(greeting);
        }
        positioned();
        showStatus();
        emitter.emit('connected', message);
        break;
      case 'pong':
        analytics.answered(message.timestamp);
        break;
      case 'error':
        if (message.code === 'invalid_cursor') {
          startOver(greeting, 'invalid_cursor');
        }
        emitter.emit('error', message);
        break;
      default:
        take(message);
    }
  }

  /** The page's token belongs to another user now, who must not see data of the previous one. @param {string} user */
  function standAlone(user) {
    log(`[Tidings] The connection is for ${user} now, and no longer shared with the tabs of ${identity.userId}`);
    tabs?.stop();
    tabs = null;
    keeping.leave();
    session.moveTo(null);
  }

  /** @param {import('./messages.js').AnyMessage} message */
  function take(message) {
    const before = session.cursor();
    if (takeAndKeep(message)) {
      tabs?.handOn(before, message);
      acknowledgeSoon();
    } else if (TALK.includes(message.type)) {
      emitter.emit(message.type, message);
    }
  }

  /** @param {import('./messages.js').AnyMessage} message */
  function takeAndKeep(message) {
    if (!session.accept(message)) {
      return false;
    }
    if (message.type === 'gap') {
      void freshness.refresh('gap');
    } else {
      keeping.remember(/** @type {EventMessage} */ (message));
    }
    keeping.changed();
    return true;
  }

  /** The past is not available for the cursor: emits a gap. @param {string | null} cursor @param {string} reason */
  function startOver(cursor, reason) {
    session.moveTo(cursor);
    take({ type: 'gap', reason, ...(cursor === null ? {} : { cursor }) });
  }

  function positioned() {
    freshness.positioned();
    tabs?.positioned();
    keeping.changed();
  }

  /** Reads the events that the leading tab no longer has. */
  async function catchUp() {
    for (let pages = 0; pollUrl !== null && pages < CATCH_UP_PAGES; pages++) {
      const answer = await ask({ url: pollUrl, token, reason: 'poll', cursor: session.cursor, environment: env });
      if (answer.kind !== 'page') {
        break;
      }
      answer.messages.forEach(takeAndKeep);
      session.moveTo(answer.cursor ?? session.cursor());
      if (!answer.hasMore) {
        return;
      }
    }
    takeAndKeep({ type: 'gap', reason: 'the other tab does not know what came since' });
  }

  /** @param {any} state the connection state of the leading tab */
  function followState(state) {
    link = state.link;
    identity = state.identity;
    networkGone &&= link.state !== 'live';
    if (session.cursor() !== null) {
      freshness.positioned();
    }
    showStatus();
  }

  /** @param {import('./environment.js').Signal} signal */
  function hearSignal(signal) {
    if (signal === 'frozen') {
      keeping.flush();
      tabs?.freeze();
      return;
    }
    networkGone = signal === 'offline' || (networkGone && signal !== 'online');
    showStatus();
    wake();
    if (signal === 'visible') {
      freshness.returned();
    }
  }

  function wake() {
    if (tabs) {
      tabs.wake();
    } else {
      hurry(false);
      void delivery.wake();
    }
  }

  function acknowledgeSoon() {
    acknowledgeTimer ??= env.setTimeout(() => {
      acknowledgeTimer = null;
      delivery.acknowledge();
    }, ACKNOWLEDGE_AFTER);
  }

  /** @returns {Status} */
  function statusNow() {
    const isDown = link.state === 'connecting' || link.state === 'reconnecting';
    const { reason, code, retryAt } = link;
    const state = networkGone && isDown ? 'offline' : link.state;
    const without = [...lacking].map(([feature, why]) => `${feature}: ${why}`);
    return { state, leader: tabs?.leads() ?? true, reason, code, retryAt, ...identity, without };
  }

  function showStatus() {
    const next = statusNow();
    if (JSON.stringify(next) !== JSON.stringify(status.get())) {
      status.set(next);
    }
  }

  function close() {
    if (closed) {
      return;
    }
    closed = true;
    hurry(true);
    keeping.close();
    env.clearTimeout(acknowledgeTimer);
    unlisten();
    freshness.stop();
    delivery.stop();
    tabs?.stop();
    link = { ...link, state: 'stopped', reason: 'the page stopped it' };
    showStatus();
  }
}

/** @typedef {ReturnType<typeof createTidings>} Tidings */

/** @param {Options} options */
function check(options) {
  const { socketUrl, token, userId } = options ?? {};
  if (typeof socketUrl !== 'string' || !/^wss?:\/\//.test(socketUrl)) {
    throw new TypeError(`socketUrl is the address of the service, such as wss://example.com/ws, and not ${socketUrl}`);
  }
  if (token !== undefined && typeof token !== 'function') {
    throw new TypeError('token is a function that answers a token, so that a new one can be had when it expires');
  }
  if (userId !== undefined && !isUserId(userId)) {
    throw new TypeError('userId is not a user id: 1 to 128 characters, no control characters, no ||, no space at either end');
  }
  return options;
}

/** The name of the page in stored data. */
function pathOfPage() {
  try {
    return globalThis.location?.pathname ?? '';
  } catch {
    return '';
  }
}

/** @param {string} socketUrl */
function pollUrlOf(socketUrl) {
  const url = new URL(socketUrl);
  return `${url.protocol === 'wss:' ? 'https:' : 'http:'}//${url.host}/api/v1/events/recent`;
}
