/**
 * @param {object} parts
 * @param {string} parts.socketUrl
 * @param {string | null} parts.pollUrl null: never poll
 * @param {((reason: import('./token.js').TokenReason) => Promise<string | null>) | null} parts.token
 * @param {() => string | null} parts.cursor
 * @param {() => Record<string, unknown>} parts.report
 * @param {(message: import('./messages.js').AnyMessage) => void} parts.deliver
 * @param {(cursor: string) => void} parts.caughtUp everything up to this cursor was delivered
 * @param {() => void} parts.badCursor
 * @param {(link: Link) => void} parts.changed
 * @param {import('./log.js').Log} parts.log
 * @param {import('./environment.js').Environment} parts.environment
 */
export function createDelivery({ socketUrl, pollUrl, caughtUp, changed, ...parts }: {
    socketUrl: string;
    pollUrl: string | null;
    token: ((reason: import("./token.js").TokenReason) => Promise<string | null>) | null;
    cursor: () => string | null;
    report: () => Record<string, unknown>;
    deliver: (message: import("./messages.js").AnyMessage) => void;
    caughtUp: (cursor: string) => void;
    badCursor: () => void;
    changed: (link: Link) => void;
    log: import("./log.js").Log;
    environment: import("./environment.js").Environment;
}): {
    start: () => void;
    stop(): void;
    /** The user returned to the page, or the network changed: checks the connection now. @returns {Promise<void>} */
    wake(): Promise<void>;
    /** Performs due work, in case timers are delayed. */
    tick(): void;
    acknowledge: () => void;
    send: (message: object) => boolean;
    link: () => Link;
};
/** Time in which a lost socket may reconnect before polling starts (ms). */
export const POLL_AFTER_DOWN: 3000;
/**
 * how events are received now
 */
export type Link = {
    state: "idle" | "connecting" | "live" | "polling" | "reconnecting" | "stopped";
    /**
     * why it is not live, for display
     */
    reason: string;
    /**
     * of the last close, 0 if there was none
     */
    code: number;
    /**
     * when the socket is tried again, epoch ms
     */
    retryAt: number | null;
    /**
     * whether the cause is in this tab, so that another tab may succeed
     */
    own: boolean;
};
export type Delivery = ReturnType<typeof createDelivery>;
