/**
 * One connection for all tabs of a user. The tab that holds a Web Lock leads: it has the connection, and hands each new
 * event on over a BroadcastChannel. The others follow; when the leader dies the browser gives the lock to the next one.
 *
 * Nothing is lost on the way, because each tab knows its own cursor and does not rely on the channel:
 *
 * - A new leader connects with its own cursor, so the service replays what it has not seen.
 * - Each handed-on event names the cursor before it. A follower that stands elsewhere has missed something (it was frozen,
 *   or the leader changed) and says hello: the leader answers with what came after the follower's cursor, or, if that was
 *   too long ago, the follower reads it from the polling endpoint itself. Repeats fall to the ledger.
 * - A leader that does not answer a visible tab is frozen; the tab takes the lock from it.
 *
 * @typedef {import('./messages.js').AnyMessage} AnyMessage
 * @typedef {import('./delivery.js').Link} Link
 *
 * @typedef {{ kind: 'hello', from: string, cursor: string | null }
 *   | { kind: 'welcome', to: string, cursor: string | null, missed: AnyMessage[] | null, state: object }
 *   | { kind: 'leading', cursor: string | null, state: object }
 *   | { kind: 'state', state: object }
 *   | { kind: 'event', before: string | null, message: AnyMessage }
 *   | { kind: 'wake' }
 *   | { kind: 'send', message: object }} Note what tabs say to each other
 */

/** How long a leader may take to answer a hello (ms). */
export const ANSWER_WITHIN = 2_000;

/**
 * @param {object} parts
 * @param {string} parts.name the same for the tabs that belong together
 * @param {string} parts.tab this one's own name
 * @param {import('./session.js').Session} parts.session
 * @param {() => void} parts.lead take the connection
 * @param {() => void} parts.resign give it up
 * @param {() => object} parts.state what followers should know of the leader's connection
 * @param {(state: object) => void} parts.follow that state, as a follower hears it
 * @param {(message: AnyMessage) => void} parts.hear an event that the leader handed on
 * @param {() => Promise<void>} parts.catchUp reads what came after this tab's cursor, without the leader
 * @param {() => void} parts.wake
 * @param {(message: object) => void} parts.send
 * @param {import('./environment.js').Environment} parts.environment
 */
export function createTabs({ name, tab, session, environment, ...parts }) {
  const { locks, BroadcastChannel } = environment;
  if (!locks || !BroadcastChannel) {
    throw new Error('sharing a connection needs Web Locks and BroadcastChannel');
  }
  const channel = new BroadcastChannel(name);
  const leaving = new AbortController();
  /** Ends the leadership of this tab. @type {(() => void) | null} */
  let release = null;
  /** Where the leader stands, as far as this follower heard. @type {string | null} */
  let chain = null;
  /** What the leader handed on while this tab catches up. @type {AnyMessage[] | null} */
  let held = null;
  /** Runs while a hello waits for its answer. @type {any} */
  let helloTimer = null;
  /** Something was missed since, so an unanswered hello is repeated. */
  let behind = false;

  channel.onmessage = ({ data }) => hear(data);

  return {
    start() {
      queue({});
      sayHello(false);
    },

    leads: () => release !== null,

    /** Hands on what the leader has just taken. @param {string | null} before @param {AnyMessage} message */
    handOn(before, message) {
      if (release) {
        post({ kind: 'event', before, message });
      }
    },

    /** The leader's connection changed. */
    stateChanged() {
      if (release) {
        post({ kind: 'state', state: parts.state() });
      }
    },

    /** The leader knows its first cursor. */
    positioned() {
      if (release) {
        post({ kind: 'leading', cursor: session.cursor(), state: parts.state() });
      }
    },

    /** Somebody looks at this tab. */
    wake() {
      if (release) {
        parts.wake();
      } else {
        post({ kind: 'wake' });
        sayHello(true);
      }
    },

    /** @param {object} message for the service */
    send(message) {
      if (release) {
        parts.send(message);
      } else {
        post({ kind: 'send', message });
      }
    },

    stop() {
      leaving.abort();
      environment.clearTimeout(helloTimer);
      channel.close();
      release?.();
      release = null;
    },
  };

  /** Waits for the lock, and leads while it is held. @param {LockOptions} options */
  function queue(options) {
    const wait = options.steal ? options : { ...options, signal: leaving.signal };
    /** @type {(() => void) | null} */
    let mine = null;
    /** @type {LockManager} */ (locks)
      .request(name, wait, () => {
        if (leaving.signal.aborted) {
          return undefined;
        }
        return new Promise((resolve) => {
          mine = () => resolve(undefined);
          lead(mine);
        });
      })
      .catch(() => {
        // This tab is leaving, or another one took the lock: then that leads, and this one follows it.
        if (!leaving.signal.aborted && mine !== null && release === mine) {
          release = null;
          parts.resign();
          queue({});
          sayHello(false);
        }
      });
  }

  /** @param {() => void} end */
  function lead(end) {
    const leads = release !== null;
    // A tab that took the lock from itself goes on as it is.
    release = end;
    if (leads) {
      return;
    }
    // What was held comes again: the connection starts at this tab's own cursor.
    held = null;
    environment.clearTimeout(helloTimer);
    helloTimer = null;
    parts.lead();
    post({ kind: 'leading', cursor: session.cursor(), state: parts.state() });
  }

  /** @param {Note} note */
  function hear(note) {
    if (leaving.signal.aborted) {
      return;
    }
    if (release) {
      hearAsLeader(note);
    } else {
      hearAsFollower(note);
    }
  }

  /** @param {Note} note */
  function hearAsLeader(note) {
    switch (note.kind) {
      case 'hello': {
        const missed = note.cursor === null ? [] : session.since(note.cursor);
        post({ kind: 'welcome', to: note.from, cursor: session.cursor(), missed, state: parts.state() });
        break;
      }
      case 'wake':
        parts.wake();
        break;
      case 'send':
        parts.send(note.message);
        break;
    }
  }

  /** @param {Note} note */
  function hearAsFollower(note) {
    switch (note.kind) {
      case 'welcome':
        if (note.to === tab) {
          welcomed(note.cursor, note.missed);
          parts.follow(note.state);
        }
        break;
      case 'leading':
        if (note.cursor !== null && session.cursor() === note.cursor) {
          chain = note.cursor;
        } else {
          behind = true;
          sayHello(false);
        }
        parts.follow(note.state);
        break;
      case 'state':
        parts.follow(note.state);
        break;
      case 'event':
        if (note.before !== chain) {
          behind = true;
          sayHello(false);
        } else if (held) {
          chain = note.message.cursor ?? chain;
          held.push(note.message);
        } else {
          chain = note.message.cursor ?? chain;
          take(note.message);
        }
        break;
    }
  }

  /** @param {string | null} cursor where the leader stands @param {AnyMessage[] | null} missed */
  function welcomed(cursor, missed) {
    environment.clearTimeout(helloTimer);
    helloTimer = null;
    behind = false;
    if (cursor === null || held) {
      return;
    }
    chain = cursor;
    if (missed === null) {
      void catchUp();
      return;
    }
    missed.forEach(take);
    session.moveTo(cursor);
  }

  async function catchUp() {
    const mine = /** @type {AnyMessage[]} */ ([]);
    held = mine;
    await parts.catchUp();
    if (held === mine) {
      held = null;
      mine.forEach(take);
    }
  }

  /** @param {AnyMessage} message */
  function take(message) {
    parts.hear(message);
    if (typeof message.cursor === 'string') {
      session.moveTo(message.cursor);
    }
  }

  /** @param {boolean} watched somebody waits: a leader that does not answer is replaced */
  function sayHello(watched) {
    if (helloTimer !== null && !watched) {
      return;
    }
    environment.clearTimeout(helloTimer);
    helloTimer = environment.setTimeout(() => {
      helloTimer = null;
      if (watched && !release) {
        queue({ steal: true });
      } else if (behind && !release) {
        sayHello(false);
      }
    }, ANSWER_WITHIN);
    post({ kind: 'hello', from: tab, cursor: session.cursor() });
  }

  /** @param {Note} note */
  function post(note) {
    if (!leaving.signal.aborted) {
      channel.postMessage(note);
    }
  }
}

/** @typedef {ReturnType<typeof createTabs>} Tabs */
