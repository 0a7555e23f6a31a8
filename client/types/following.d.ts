/**
 * Decides which events a following tab accepts from its leader, without a gap: each event contains the cursor before it, and a tab with
 * another cursor requests the events it missed. If the leader no longer has them, the tab reads them from the service,
 * and holds back events of the leader meanwhile.
 *
 * @typedef {import('./messages.js').AnyMessage} AnyMessage
 */
/**
 * @param {object} parts
 * @param {import('./session.js').Session} parts.session
 * @param {(message: AnyMessage) => void} parts.hear
 * @param {() => Promise<void>} parts.catchUp reads the events after this tab's cursor without the leader; never rejects
 */
export function createFollowing({ session, hear, catchUp }: {
    session: import("./session.js").Session;
    hear: (message: AnyMessage) => void;
    catchUp: () => Promise<void>;
}): {
    chain: () => string | null;
    /** The leader changed, or this tab leads: events that were held back are delivered again by the new leader. */
    forget(): void;
    /** @param {string | null} cursor of a new leader @returns {boolean} whether this tab has the same cursor */
    standsAt(cursor: string | null): boolean;
    /**
     * @param {string | null} before the leader's cursor before the event
     * @param {AnyMessage} message
     * @returns {boolean} false if an event before it is missing
     */
    take(before: string | null, message: AnyMessage): boolean;
    /** @param {string | null} cursor of the leader @param {AnyMessage[] | null} missed null if the leader no longer has them */
    welcomed(cursor: string | null, missed: AnyMessage[] | null): void;
};
/**
 * Decides which events a following tab accepts from its leader, without a gap: each event contains the cursor before it, and a tab with
 * another cursor requests the events it missed. If the leader no longer has them, the tab reads them from the service,
 * and holds back events of the leader meanwhile.
 */
export type AnyMessage = import("./messages.js").AnyMessage;
