/**
 * What a following tab takes from its leader, without a hole: each event names the cursor before it, and a tab that stands
 * elsewhere asks for what it missed. If the leader does not know that any more, the tab reads it from the service itself,
 * and holds back what the leader hands on meanwhile.
 *
 * @typedef {import('./messages.js').AnyMessage} AnyMessage
 */
/**
 * @param {object} parts
 * @param {import('./session.js').Session} parts.session
 * @param {(message: AnyMessage) => void} parts.hear
 * @param {() => Promise<void>} parts.catchUp reads what came after this tab's cursor, without the leader; never rejects
 */
export function createFollowing({ session, hear, catchUp }: {
    session: import("./session.js").Session;
    hear: (message: AnyMessage) => void;
    catchUp: () => Promise<void>;
}): {
    chain: () => string | null;
    /** The leader changed, or this tab leads: what is held back comes again, by the new way. */
    forget(): void;
    /** @param {string | null} cursor where a new leader stands @returns {boolean} whether this tab stands there, too */
    standsAt(cursor: string | null): boolean;
    /**
     * @param {string | null} before where the leader stood before the event
     * @param {AnyMessage} message
     * @returns {boolean} false if something is missing before it
     */
    take(before: string | null, message: AnyMessage): boolean;
    /** @param {string | null} cursor where the leader stands @param {AnyMessage[] | null} missed null if it does not know */
    welcomed(cursor: string | null, missed: AnyMessage[] | null): void;
};
/**
 * What a following tab takes from its leader, without a hole: each event names the cursor before it, and a tab that stands
 * elsewhere asks for what it missed. If the leader does not know that any more, the tab reads it from the service itself,
 * and holds back what the leader hands on meanwhile.
 */
export type AnyMessage = import("./messages.js").AnyMessage;
