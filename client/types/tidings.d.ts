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
    /** The status for the connection indicator; an observable. */
    status: {
        get: () => Status;
        subscribe: (watcher: (value: Status) => void) => () => void;
    };
    /** Connects, also after the connection stopped. */
    connect: () => void;
    /** Closes the connection and removes all handlers. Stored data for the next start remains. */
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
         * @returns {() => void} stops it
         */
        (type: string, handler: (event: any, message: EventMessage) => unknown): () => void;
    };
    /**
     * Passes order events, with defaults for missing fields, to a callback per type.
     * @param {import('./orders.js').OrderCallbacks} callbacks
     * @returns {() => void} stops it
     */
    subscribeToOrders: (callbacks: import("./orders.js").OrderCallbacks) => () => void;
    /**
     * Loads the page's data once its position in the stream of events is known, and again after a gap, when the
     * user returns to an outdated page, and on `refresh()`.
     * @param {import('./freshness.js').Loader} load
     * @returns {() => void} stops it
     */
    keepFresh: (load: Loader) => Keeping & (() => void);
    /** Catches up and loads everything again, for example after pull-to-refresh. @returns {Promise<void>} */
    refresh(): Promise<void>;
    /** Reports that the user looks at the page again, for runtimes without browser signals (React Native's AppState). */
    wake: () => void;
    /**
     * A list of versioned items, fed by events, loads and optimistic changes; stored for an offline start.
     * @template T
     * @param {string} name
     * @param {import('./collection.js').CollectionOptions<T>} [settings]
     * @returns {import('./collection.js').Collection<T> & { close: () => void }}
     */
    collection<T>(name: string, settings?: import("./collection.js").CollectionOptions<T>): import("./collection.js").Collection<T> & {
        close: () => void;
    };
    /**
     * Stores a state of the page for its next start, together with its cursor (option `offline`).
     * @param {string} name
     * @param {import('./keeping.js').Source} source
     * @returns {() => void} stops it; the last state remains stored
     */
    keep: (name: string, source: Source) => () => void;
    /** Sends the name of a channel to the service; the page receives all events of the user in any case. @param {string} channel */
    subscribe(channel: string): void;
    /** Counts of the events on this page by result, and their latency. */
    analytics: () => DeliveryFigures;
    /** The latest events that are stored for an offline start, newest last. @returns {readonly EventMessage[]} */
    events: () => readonly import("./messages.js").EventMessage[];
    /** The user and role of the connection, as far as known. */
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
     * returns a token whenever one is needed. For the reason `expired`
     * it must return a new one. Without it no token is sent, which only a service with its development switch accepts
     */
    token?: import("./token.js").TokenFunction | undefined;
    /**
     * of the polling endpoint; derived from `socketUrl` by default; null disables polling
     */
    pollUrl?: string | null | undefined;
    /**
     * one connection for all tabs of the user (true if the browser supports it)
     */
    tabs?: boolean | undefined;
    /**
     * stores cursor and states in IndexedDB for the next start (false). A string names the
     * page: pages with different content must not share a name; true uses the path of the page
     */
    offline?: string | boolean | undefined;
    /**
     * the user of the token, if it is no JWT
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
     * why it is not live, for display; empty while live
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
     * features that the browser does not offer, with the reason. The page works without
     * them, but may have its own connection, or store nothing for an offline start
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
 * the types for `on`; `event` is every event
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
