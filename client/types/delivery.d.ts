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
    /** The page is looked at again, or the network changed: find out now how things are. @returns {Promise<void>} */
    wake(): Promise<void>;
    /** Does what is due, in case timers are held up. */
    tick(): void;
    acknowledge: () => void;
    send: (message: object) => boolean;
    link: () => Link;
};
/** For so long a lost socket may come back before polling starts (ms). */
export const POLL_AFTER_DOWN: 3000;
/**
 * how events come at the moment
 */
export type Link = {
    state: "idle" | "connecting" | "live" | "polling" | "reconnecting" | "stopped";
    /**
     * why it is not live, for people
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
     * whether the cause lies in this tab, so that another one might do better
     */
    own: boolean;
};
export type Delivery = ReturnType<typeof createDelivery>;
