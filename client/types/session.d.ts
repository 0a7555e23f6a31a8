/**
 * @param {object} parts
 * @param {Pick<ReturnType<typeof import('./emitter.js').createEmitter>, 'emit' | 'has'>} parts.emitter
 * @param {() => void} parts.changed called when a handler processed an event
 * @param {import('./analytics.js').Analytics} parts.analytics
 * @param {() => string | undefined} parts.role
 * @param {import('./log.js').Log} parts.log
 */
export function createSession({ emitter, changed, analytics, role, log }: {
    emitter: Pick<ReturnType<typeof import("./emitter.js").createEmitter>, "emit" | "has">;
    changed: () => void;
    analytics: import("./analytics.js").Analytics;
    role: () => string | undefined;
    log: import("./log.js").Log;
}): {
    cursor: () => string | null;
    /** @param {string | null} value */
    moveTo(value: string | null): void;
    /** Restores the position of an earlier page. @param {{ cursor: string | null, seen: string[] }} position */
    resume({ cursor: value, seen }: {
        cursor: string | null;
        seen: string[];
    }): void;
    /** @param {number} most */
    seen: (most: number) => string[];
    /**
     * Takes an event or a gap.
     * @param {AnyMessage} message
     * @returns {boolean} whether it was new
     */
    accept(message: AnyMessage): boolean;
    /**
     * The messages after a cursor, for a tab at that position.
     * @param {string | null} position
     * @returns {AnyMessage[] | null} null if the cursor is too old or unknown
     */
    since(position: string | null): AnyMessage[] | null;
};
/** Number of latest events that other tabs can get from this tab. */
export const RECENT: 500;
export type AnyMessage = import("./messages.js").AnyMessage;
export type EventMessage = import("./messages.js").EventMessage;
export type Session = ReturnType<typeof createSession>;
