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
export function createTabs({ name, tab, session, environment, ...parts }: {
    name: string;
    tab: string;
    session: import("./session.js").Session;
    lead: () => void;
    resign: () => void;
    state: () => object;
    follow: (state: object) => void;
    hear: (message: AnyMessage) => void;
    catchUp: () => Promise<void>;
    wake: () => void;
    send: (message: object) => void;
    environment: import("./environment.js").Environment;
}): {
    start(): void;
    leads: () => boolean;
    /** Hands on what the leader has just taken. @param {string | null} before @param {AnyMessage} message */
    handOn(before: string | null, message: AnyMessage): void;
    /** The leader's connection changed. */
    stateChanged(): void;
    /** The leader knows its first cursor. */
    positioned(): void;
    /** Somebody looks at this tab. */
    wake(): void;
    /** @param {object} message for the service */
    send(message: object): void;
    stop(): void;
};
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
export const ANSWER_WITHIN: 2000;
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
 */
export type AnyMessage = import("./messages.js").AnyMessage;
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
 */
export type Link = import("./delivery.js").Link;
/**
 * what tabs say to each other
 */
export type Note = {
    kind: "hello";
    from: string;
    cursor: string | null;
} | {
    kind: "welcome";
    to: string;
    cursor: string | null;
    missed: AnyMessage[] | null;
    state: object;
} | {
    kind: "leading";
    cursor: string | null;
    state: object;
} | {
    kind: "state";
    state: object;
} | {
    kind: "event";
    before: string | null;
    message: AnyMessage;
} | {
    kind: "wake";
} | {
    kind: "send";
    message: object;
};
export type Tabs = ReturnType<typeof createTabs>;
