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
export function createTidings(options: Options): {
    /** What the connection indicator shows; an observable. */
    status: {
        get: () => Status;
        subscribe: (watcher: (value: Status) => void) => () => void;
    };
    /** Connects, also after it stopped for good. */
    connect: () => void;
    /** Ends the connection and all handlers' work. What is kept for the next start stays. */
    close: () => void;
    on: {
        /**
         * @template {keyof Events} T
         * @overload
         * @param {T} type
         * @param {(event: Events[T], message: EventMessage) => unknown} handler
         * @returns {() => void}
         */
        <T extends keyof Events>(type: T, handler: (event: Events[T], message: EventMessage) => unknown): () => void;
        /**
         * Calls the handler for each event of that type: a message's type (`task_update`), an event's own (`task.created`), or
         * `event` for all.
         * @overload
         * @param {string} type
         * @param {(event: any, message: EventMessage) => unknown} handler
         * @returns {() => void} ends it
         */
        (type: string, handler: (event: any, message: EventMessage) => unknown): () => void;
    };
    /**
     * Order events with all fields filled in, by a callback for each kind.
     * @param {import('./orders.js').OrderCallbacks} callbacks
     * @returns {() => void} ends it
     */
    subscribeToOrders: (callbacks: import("./orders.js").OrderCallbacks) => () => void;
    /**
     * Loads what the page shows: once the page's position in the stream of events is known, and again after a gap, on
     * return to a page that is out of date, and on `refresh()`.
     * @param {import('./freshness.js').Loader} load
     * @returns {() => void} ends it
     */
    keepFresh: (load: Loader) => Keeping & (() => void);
    /** Catches up and loads everything anew, as a person's pull on the page asks for. @returns {Promise<void>} */
    refresh(): Promise<void>;
    /** Tells that the page is looked at again, where no browser does (React Native's AppState). */
    wake: () => void;
    /**
     * A list of things with a version, that takes events, loads and optimistic changes; kept for an offline start.
     * @template T
     * @param {string} name
     * @param {import('./collection.js').CollectionOptions<T>} [settings]
     * @returns {import('./collection.js').Collection<T> & { close: () => void }}
     */
    collection<T>(name: string, settings?: import("./collection.js").CollectionOptions<T>): import("./collection.js").Collection<T> & {
        close: () => void;
    };
    /**
     * Keeps a state of the page for its next start, beside the cursor that belongs to it (option `offline`).
     * @param {string} name
     * @param {import('./keeping.js').Source} source
     * @returns {() => void} ends it; the last state stays
     */
    keep: (name: string, source: Source) => () => void;
    /** Tells the service that this page cares for a channel; all of a user's events come in any case. @param {string} channel */
    subscribe(channel: string): void;
    /** What became of the events on this page, and how late they were. */
    analytics: () => DeliveryFigures;
    /** The latest events that are kept for an offline start, newest last. @returns {readonly EventMessage[]} */
    events: () => readonly import("./messages.js").EventMessage[];
    /** Who the connection is for, as far as known. */
    identity: () => {
        userId: string | null;
        role: string | null;
    };
    log: import("./log.js").Log;
};
export type Tidings = ReturnType<typeof createTidings>;
export type Options = {
    /**
     * `wss://…/ws`
     */
    socketUrl: string;
    /**
     * gets a token whenever one is needed; asked with reason `expired`
     * it must answer a new one. Without it none is sent, which only a service with its development switch accepts
     */
    token?: import("./token.js").TokenFunction | undefined;
    /**
     * of the polling endpoint; derived from `socketUrl` if left out, null to never poll
     */
    pollUrl?: string | null | undefined;
    /**
     * one connection for all tabs of the user (true where the browser can)
     */
    tabs?: boolean | undefined;
    /**
     * keep cursor and states in IndexedDB for the next start (false). A text names the
     * page: pages that show different things must not share a name; true takes the path of the page
     */
    offline?: string | boolean | undefined;
    /**
     * who the token is for, if it is no JWT that tells
     */
    userId?: string | undefined;
    /**
     * connect at once (true), or when `connect()` is called
     */
    autoStart?: boolean | undefined;
    /**
     * log lines: true for the console, or a function (false)
     */
    log?: boolean | import("./log.js").Log | undefined;
    /**
     * for runtimes without browser globals, and tests
     */
    environment?: Partial<import("./environment.js").Environment> | undefined;
};
export type Status = {
    state: "idle" | "connecting" | "live" | "polling" | "reconnecting" | "offline" | "stopped";
    /**
     * whether this tab holds the connection; false if another tab does
     */
    leader: boolean;
    /**
     * why it is not live, for people; empty while live
     */
    reason: string;
    /**
     * close code of the last connection, 0 if there was none
     */
    code: number;
    /**
     * when the next attempt is made, epoch ms
     */
    retryAt: number | null;
    userId: string | null;
    role: string | null;
    /**
     * what this browser forbids or does not offer, with the reason: the page works without
     * it, and may have a connection of its own, or keep nothing for an offline start
     */
    without: readonly string[];
};
export type EventMessage = import("./messages.js").EventMessage;
export type TaskEvent = import("./messages.js").TaskEvent;
export type BusinessEvent = import("./messages.js").BusinessEvent;
export type OrderCreated = import("./orders.js").OrderCreated;
export type OrderUpdated = import("./orders.js").OrderUpdated;
export type OrderCancelled = import("./orders.js").OrderCancelled;
export type Notification = import("./notifications.js").Notification;
/**
 * what can be listened to; `event` is every event
 */
export type Events = {
    "task_update": TaskEvent;
    "task.created": TaskEvent;
    "task.updated": TaskEvent;
    "task.completed": TaskEvent;
    "task.deleted": TaskEvent;
    "business-event": BusinessEvent;
    "PURCHASE_CREATED": BusinessEvent;
    "COURSE_ACCESS_GRANTED": BusinessEvent;
    "TRAINER_ALLOCATED": BusinessEvent;
    "SESSIONS_GENERATED": BusinessEvent;
    "SESSION_COMPLETED": BusinessEvent;
    "order:created": OrderCreated;
    "order:updated": OrderUpdated;
    "order:cancelled": OrderCancelled;
    "notification": Notification;
    "notification_read": Notification;
    "event": Record<string, any>;
    "gap": import("./messages.js").GapMessage;
    "connected": import("./messages.js").AnyMessage;
    "error": import("./messages.js").AnyMessage;
    "refresh": {
        reason: import("./freshness.js").RefreshReason;
    };
};
