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
export function createTabs({ name, tab, session, environment, ...parts }: {
    name: string;
    tab: string;
    session: import("./session.js").Session;
    lead: () => void;
    resign: () => void;
    restart: () => void;
    state: () => LeaderState;
    follow: (state: LeaderState) => void;
    hear: (message: AnyMessage) => void;
    catchUp: () => Promise<void>;
    able: () => Promise<boolean>;
    wake: () => void;
    tick: () => void;
    send: (message: object) => void;
    lacks: (feature: string, reason: unknown) => void;
    environment: import("./environment.js").Environment;
}): {
    start(): void;
    leads: () => boolean;
    /** Forwards an event that the leader has just processed. @param {string | null} before @param {AnyMessage} message */
    handOn(before: string | null, message: AnyMessage): void;
    /** The leader's connection changed. */
    stateChanged(): void;
    /** The leader knows its position. */
    positioned(): void;
    /** The user looks at this tab, or the network changed. */
    wake(): void;
    /** The user requests a connection in this tab, possibly with a new token. */
    connect(): void;
    /** @param {object} message for the service */
    send(message: object): void;
    /** This page's scripts may stop at any moment: another tab takes the lead, if there is one. */
    freeze(): void;
    stop(): void;
};
/** A follower says hello this often: while the connection is good, and while it is not (ms). */
export const HELLO_EVERY: 20000;
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
 */
export type AnyMessage = import("./messages.js").AnyMessage;
/**
 * what followers know of their leader's connection
 */
export type LeaderState = {
    link: import("./delivery.js").Link;
    identity: {
        userId: string | null;
        role: string | null;
    };
};
/**
 * what tabs say to each other, as JSON
 */
export type Note = {
    kind: "hello";
    from: string;
    cursor: string | null;
    chain: string | null;
} | {
    kind: "welcome";
    from: string;
    to: string;
    holdsLock: boolean;
    cursor: string | null;
    missed: AnyMessage[] | null;
    state: LeaderState;
} | {
    kind: "leading";
    from: string;
    holdsLock: boolean;
    cursor: string | null;
    state: LeaderState;
} | {
    kind: "state";
    from: string;
    state: LeaderState;
} | {
    kind: "event";
    from: string;
    before: string | null;
    message: AnyMessage;
} | {
    kind: "wake";
    from: string;
} | {
    kind: "send";
    from: string;
    message: object;
};
export type Tabs = ReturnType<typeof createTabs>;
