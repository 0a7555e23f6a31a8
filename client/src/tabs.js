/**
 * One connection for all tabs of a user. One tab leads: it has the connection, and hands each new event on over a
 * BroadcastChannel. The others follow.
 *
 * Nothing is lost on the way, because each tab knows its own cursor and relies neither on the channel nor on the leader:
 *
 * - A new leader connects with its own cursor, so the service replays what it has not seen.
 * - Each handed-on event names the cursor before it. A follower that stands elsewhere has missed something and says hello:
 *   the leader answers with what came after the follower's cursor, or, if that was too long ago, the follower reads it from
 *   the polling endpoint itself. Repeats fall to the ledger.
 * - A follower says hello regularly. The answer heals whatever got lost, and the question makes the leader do what its own
 *   timers may have missed, since hidden tabs' timers are slow and messages are not.
 *
 * Who leads is decided by a Web Lock (leadership.js), and revised when the leader does not serve:
 *
 * - A leader that does not answer a hello is frozen, or its channel is dead: the follower takes the lead.
 * - A leader that has no token, or one that is refused, says so: a follower that has a token takes the lead.
 * - A leader that is about to be frozen resigns.
 * - A person who asks a following tab to connect, while there is no connection, makes that tab the leader.
 *
 * Two leaders at a time cost a second connection and nothing else. A tab whose channel is dead leads for itself.
 *
 * @typedef {import('./messages.js').AnyMessage} AnyMessage
 *
 * @typedef {object} LeaderState what followers know of their leader's connection
 * @property {import('./delivery.js').Link} link
 * @property {{ userId: string | null, role: string | null }} identity
 *
 * @typedef {{ kind: 'hello', from: string, cursor: string | null, chain: string | null }
 *   | { kind: 'welcome', from: string, to: string, holdsLock: boolean, cursor: string | null, missed: AnyMessage[] | null, state: LeaderState }
 *   | { kind: 'leading', from: string, holdsLock: boolean, cursor: string | null, state: LeaderState }
 *   | { kind: 'state', from: string, state: LeaderState }
 *   | { kind: 'event', from: string, before: string | null, message: AnyMessage }
 *   | { kind: 'wake', from: string }
 *   | { kind: 'send', from: string, message: object }} Note what tabs say to each other, as JSON
 */

import { openChannel } from './channel.js';
import { createFollowing } from './following.js';
import { createHello } from './hello.js';
import { createLeadership } from './leadership.js';

/** A follower says hello this often: while the connection is good, and while it is not (ms). */
export const HELLO_EVERY = 20_000;
const HELLO_WHILE_DOWN = 5_000;

/** A leader without the lock looks this often for one who has it (ms). */
const LOOK_EVERY = 60_000;

/** A tab that could not serve does not take the lead by itself for so long (ms). */
const UNFIT_FOR = 300_000;

/** A follower without a token asks its page again after this, while its leader has none (ms). */
const LOOK_FOR_TOKEN_EVERY = 15_000;

/** A follower that could do better waits up to this long, by dice, before it takes the lead (ms). */
const SPREAD = 500;

/**
 * @param {object} parts
 * @param {string} parts.name the same for the tabs of one group
 * @param {string} parts.tab the id of this tab
 * @param {import('./session.js').Session} parts.session
 * @param {() => void} parts.lead open the connection
 * @param {() => void} parts.resign close the connection
 * @param {() => void} parts.restart connect again, as the user requested
 * @param {() => LeaderState} parts.state
 * @param {(state: LeaderState) => void} parts.follow applies the leader's state
 * @param {(message: AnyMessage) => void} parts.hear processes an event that the leader forwarded
 * @param {() => Promise<void>} parts.catchUp reads the events after this tab's cursor without the leader
 * @param {() => Promise<boolean>} parts.able whether this tab has a token
 * @param {() => void} parts.wake
 * @param {() => void} parts.tick perform due work
 * @param {(message: object) => void} parts.send
 * @param {(feature: string, reason: unknown) => void} parts.lacks reports a feature that cannot be used
 * @param {import('./environment.js').Environment} parts.environment
 */
export function createTabs({ name, tab, session, environment, ...parts }) {
  const leadership = createLeadership({
    name,
    environment,
    lead: begin,
    lost: () => {
      wasRobbed = true;
      follow();
    },
    unusable: (error) => parts.lacks('Web Locks', error),
  });
  const channel = openChannel({ name, environment, hear: (note) => hear(note), broken: (error) => channelBroke(error) });
  const following = createFollowing({ session, hear: parts.hear, catchUp: parts.catchUp });
  const hello = createHello({
    ask: () => channel.post({ kind: 'hello', from: tab, cursor: session.cursor(), chain: following.chain() }),
    due: sayHello,
    silence: unanswered,
    environment,
  });
  /** The leader whom this tab follows, as far as known. @type {string | null} */
  let leader = null;
  /** @type {LeaderState | null} */
  let leaderState = null;
  /** Another tab took the lead from this one, and has sent nothing since. */
  let wasRobbed = false;
  /** Until then this tab does not offer to lead. */
  let unfitUntil = -Infinity;
  let isAsking = false;
  let isClosed = false;
  /** When another tab last sent a note. */
  let othersAt = -Infinity;

  return {
    start() {
      if (!channel.isOpen()) {
        // Other tabs could not receive notes of this tab: it has its own connection and leaves the lock to them.
        leadership.leadWithoutLock();
        return;
      }
      leadership.queue();
      sayHello();
    },

    leads: leadership.leads,

    /** Forwards an event that the leader has just processed. @param {string | null} before @param {AnyMessage} message */
    handOn(before, message) {
      if (leadership.leads()) {
        channel.post({ kind: 'event', from: tab, before, message });
      }
    },

    /** The leader's connection changed. */
    stateChanged() {
      if (leadership.leads()) {
        const state = parts.state();
        if (cannotServe(state)) {
          unfitUntil = state.link.state === 'stopped' ? Infinity : environment.steady() + UNFIT_FOR;
        }
        channel.post({ kind: 'state', from: tab, state });
      }
    },

    /** The leader knows its position. */
    positioned() {
      if (leadership.leads()) {
        announce();
      }
    },

    /** The user looks at this tab, or the network changed. */
    wake() {
      if (leadership.leads()) {
        parts.wake();
      } else {
        channel.post({ kind: 'wake', from: tab });
      }
      if (!hello.insist() && !leadership.holdsLock()) {
        sayHello();
      }
    },

    /** The user requests a connection in this tab, possibly with a new token. */
    connect() {
      unfitUntil = -Infinity;
      if (leadership.leads()) {
        parts.restart();
      } else if (leaderState !== null && serves(leaderState)) {
        this.wake();
      } else {
        leadership.take();
      }
    },

    /** @param {object} message for the service */
    send(message) {
      if (leadership.leads()) {
        parts.send(message);
      } else {
        channel.post({ kind: 'send', from: tab, message });
      }
    },

    /** This page's scripts may stop at any moment: another tab takes the lead, if there is one. */
    freeze() {
      if (leadership.leads() && environment.steady() - othersAt < LOOK_EVERY) {
        leadership.resign();
        follow();
      }
    },

    stop() {
      isClosed = true;
      hello.stop();
      channel.close();
      leadership.stop();
    },
  };

  /** This tab leads from now on. */
  function begin() {
    following.forget();
    leader = null;
    leaderState = null;
    wasRobbed = false;
    hello.answered();
    parts.lead();
    announce();
    hello.after(LOOK_EVERY);
  }

  /** This tab leads no longer. */
  function follow() {
    leader = null;
    following.forget();
    parts.resign();
    sayHello();
  }

  function announce() {
    const holdsLock = leadership.holdsLock();
    channel.post({ kind: 'leading', from: tab, holdsLock, cursor: session.cursor(), state: parts.state() });
  }

  /** @param {any} note */
  function hear(note) {
    if (isClosed || note.from === tab) {
      return;
    }
    othersAt = environment.steady();
    if (leadership.leads()) {
      hearAsLeader(note);
    } else {
      hearAsFollower(note);
    }
  }

  /** @param {Note} note */
  function hearAsLeader(note) {
    switch (note.kind) {
      case 'hello': {
        parts.tick();
        const missed = note.cursor === null ? [] : (session.since(note.cursor) ?? (note.chain === null ? null : session.since(note.chain)));
        const holdsLock = leadership.holdsLock();
        const cursor = session.cursor();
        channel.post({ kind: 'welcome', from: tab, to: note.from, holdsLock, cursor, missed, state: parts.state() });
        break;
      }
      case 'wake':
        parts.wake();
        break;
      case 'send':
        parts.send(note.message);
        break;
      case 'leading':
        if (isBetter(note) || (!note.holdsLock && !serves(parts.state()))) {
          leadership.resign();
          follow();
        }
        break;
      case 'welcome':
        // The answer shows that the channel works in both directions again.
        if (note.to === tab && isBetter(note)) {
          leadership.resign();
          follow();
        }
        break;
    }
  }

  /** Of two leaders the one with the lock remains; without locks, the one with the lower id. @param {{ from: string, holdsLock: boolean }} other */
  function isBetter({ from, holdsLock }) {
    return !leadership.holdsLock() && (holdsLock || from < tab);
  }

  /**
   * If locks work, the next leader is the tab that waits for the lock. If the leader has no lock, waiting could make this
   * tab replace a working leader.
   * @param {{ from: string, holdsLock: boolean }} other
   */
  function follows({ from, holdsLock }) {
    leader = from;
    if (holdsLock) {
      leadership.queue();
    }
  }

  /** @param {Note} note */
  function hearAsFollower(note) {
    switch (note.kind) {
      case 'welcome':
        if (note.to === tab) {
          follows(note);
          hello.answered();
          wasRobbed = false;
          following.welcomed(note.cursor, note.missed);
          heardState(note.state);
        }
        break;
      case 'leading':
        follows(note);
        if (!following.standsAt(note.cursor)) {
          sayHello();
        }
        heardState(note.state);
        break;
      case 'state':
        if (note.from === leader) {
          heardState(note.state);
        }
        break;
      case 'event':
        if (leader === null || (note.from === leader && !following.take(note.before, note.message))) {
          sayHello();
        }
        break;
    }
  }

  /** @param {LeaderState} state */
  function heardState(state) {
    leaderState = state;
    parts.follow(state);
    if (cannotServe(state)) {
      void offer();
    }
    if (!hello.waits()) {
      hello.after(serves(state) ? HELLO_EVERY : HELLO_WHILE_DOWN);
    }
  }

  /** The leader has no valid token: this tab takes the lead if it has one. */
  async function offer() {
    if (isAsking || environment.steady() < unfitUntil) {
      return;
    }
    isAsking = true;
    const asked = leader;
    try {
      if (!(await parts.able())) {
        unfitUntil = Math.max(unfitUntil, environment.steady() + LOOK_FOR_TOKEN_EVERY);
      } else {
        await new Promise((resolve) => environment.setTimeout(() => resolve(undefined), environment.random() * SPREAD));
        if (!isClosed && !leadership.leads() && leader === asked && leaderState !== null && cannotServe(leaderState)) {
          leadership.take();
        }
      }
    } finally {
      isAsking = false;
    }
  }

  function sayHello() {
    if (isClosed) {
      return;
    }
    hello.after(leadership.leads() ? LOOK_EVERY : HELLO_EVERY);
    if (!leadership.holdsLock()) {
      hello.say(!leadership.leads());
    }
  }

  function unanswered() {
    if (leadership.leads()) {
      return;
    }
    if (wasRobbed || !channel.isOpen()) {
      // The new leader exists, but its notes do not arrive.
      parts.lacks('BroadcastChannel', 'other tabs do not answer');
      leadership.leadWithoutLock();
    } else {
      leadership.take();
    }
  }

  /** @param {unknown} error */
  function channelBroke(error) {
    parts.lacks('BroadcastChannel', error);
    if (leadership.holdsLock()) {
      leadership.letOthersLead();
    }
  }
}

/** @param {LeaderState} state */
function serves({ link }) {
  return link.state === 'live' || link.state === 'polling';
}

/** The cause is in the leading tab. @param {LeaderState} state */
function cannotServe({ link }) {
  return link.own && link.state !== 'live' && link.state !== 'polling';
}

/** @typedef {ReturnType<typeof createTabs>} Tabs */
