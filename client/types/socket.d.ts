/** @typedef {import('./connection.js').ConnectionState} ConnectionState */
/** @typedef {import('./connection.js').Input} Input */
/** @typedef {import('./connection.js').Effect} Effect */
/**
 * @param {object} parts
 * @param {string} parts.url
 * @param {((reason: import('./token.js').TokenReason) => Promise<string | null>) | null} parts.token null: no token is sent,
 *     and the URL contains the user (a service with its development switch)
 * @param {() => string | null} parts.cursor the client's position
 * @param {() => Record<string, unknown>} parts.report further fields of an acknowledgement
 * @param {(message: import('./messages.js').AnyMessage) => void} parts.deliver
 * @param {(state: ConnectionState) => void} parts.changed
 * @param {import('./log.js').Log} parts.log
 * @param {import('./environment.js').Environment} parts.environment
 */
export function createSocket({ url, token, cursor, report, deliver, changed, log, environment }: {
    url: string;
    token: ((reason: import("./token.js").TokenReason) => Promise<string | null>) | null;
    cursor: () => string | null;
    report: () => Record<string, unknown>;
    deliver: (message: import("./messages.js").AnyMessage) => void;
    changed: (state: ConnectionState) => void;
    log: import("./log.js").Log;
    environment: import("./environment.js").Environment;
}): {
    start: () => void;
    stop: () => void;
    /** Something changed for the better: try now, or find out whether the connection still stands. */
    wake: () => void;
    /** Does what is due, in case a timer is held up. */
    tick: () => void;
    /** Makes no attempt for so long. @param {number} ms */
    hold: (ms: number) => void;
    acknowledge: () => void;
    state: () => import("./connection.js").ConnectionState;
    /**
     * @param {object} message
     * @returns {boolean} whether it could be sent
     */
    send(message: object): boolean;
};
export type ConnectionState = import("./connection.js").ConnectionState;
export type Input = import("./connection.js").Input;
export type Effect = import("./connection.js").Effect;
export type Socket = ReturnType<typeof createSocket>;
