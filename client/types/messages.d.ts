/**
 * The messages on the wire, and their parser. docs/protocol.md specifies them; unknown fields are kept and ignored.
 *
 * @typedef {object} EventMessage an event, as pushed and as polled
 * @property {string} type `task_update`, `business-event`, `order:created`, …
 * @property {Record<string, any>} event the payload
 * @property {string} id with `source`, identifies the event for ever
 * @property {string} source
 * @property {string} timestamp when it was logged, ISO-8601
 * @property {string} cursor the client's position after this event
 *
 * @typedef {object} GapMessage a part of the past no longer exists: the page must load its data again
 * @property {'gap'} type
 * @property {string} [stream] `user` or `role`
 * @property {number} [from]
 * @property {number} [to]
 * @property {number} [count] absent if nobody knows
 * @property {Record<string, number>} [types] the number per event type, while known
 * @property {string} [cursor]
 *
 * @typedef {{ type: string, [field: string]: any }} AnyMessage
 *
 * @typedef {object} TaskEvent
 * @property {'task.created' | 'task.updated' | 'task.completed' | 'task.deleted'} event_type
 * @property {string} user_id
 * @property {string} task_id
 * @property {string} title
 * @property {string} [description]
 * @property {string} [status]
 * @property {string} [due_at]
 * @property {string} [recurrence]
 * @property {number} [version]
 * @property {string} timestamp
 *
 * @typedef {object} BusinessEvent
 * @property {string} type
 * @property {number} timestamp epoch ms
 * @property {string} [correlationId]
 * @property {string} [studentId]
 * @property {string} [trainerId]
 * @property {string} [courseId]
 * @property {string} [purchaseId]
 * @property {string} [allocationId]
 * @property {string} [sessionId]
 * @property {string[]} [sessionIds]
 * @property {number} [count]
 */
/**
 * @param {unknown} data the data of a socket message
 * @returns {AnyMessage | null} null if it is no valid message
 */
export function parse(data: unknown): AnyMessage | null;
/**
 * @param {any} value
 * @returns {value is AnyMessage}
 */
export function isMessage(value: any): value is AnyMessage;
/**
 * Whether a message is an event, which has a payload and an identity. All others concern the connection.
 * @param {unknown} value
 * @returns {value is EventMessage}
 */
export function isEvent(value: unknown): value is EventMessage;
/**
 * The event's own type, more specific than the message's type: `task.created`, `TRAINER_ALLOCATED`.
 * @param {EventMessage} message
 * @returns {string}
 */
export function eventTypeOf({ type, event }: EventMessage): string;
/**
 * an event, as pushed and as polled
 */
export type EventMessage = {
    /**
     * `task_update`, `business-event`, `order:created`, …
     */
    type: string;
    /**
     * the payload
     */
    event: Record<string, any>;
    /**
     * with `source`, identifies the event for ever
     */
    id: string;
    source: string;
    /**
     * when it was logged, ISO-8601
     */
    timestamp: string;
    /**
     * the client's position after this event
     */
    cursor: string;
};
/**
 * a part of the past no longer exists: the page must load its data again
 */
export type GapMessage = {
    type: "gap";
    /**
     * `user` or `role`
     */
    stream?: string | undefined;
    from?: number | undefined;
    to?: number | undefined;
    /**
     * absent if nobody knows
     */
    count?: number | undefined;
    /**
     * the number per event type, while known
     */
    types?: Record<string, number> | undefined;
    cursor?: string | undefined;
};
/**
 * The messages on the wire, and their parser. docs/protocol.md specifies them; unknown fields are kept and ignored.
 */
export type AnyMessage = {
    type: string;
    [field: string]: any;
};
/**
 * The messages on the wire, and their parser. docs/protocol.md specifies them; unknown fields are kept and ignored.
 */
export type TaskEvent = {
    event_type: "task.created" | "task.updated" | "task.completed" | "task.deleted";
    user_id: string;
    task_id: string;
    title: string;
    description?: string | undefined;
    status?: string | undefined;
    due_at?: string | undefined;
    recurrence?: string | undefined;
    version?: number | undefined;
    timestamp: string;
};
/**
 * The messages on the wire, and their parser. docs/protocol.md specifies them; unknown fields are kept and ignored.
 */
export type BusinessEvent = {
    type: string;
    /**
     * epoch ms
     */
    timestamp: number;
    correlationId?: string | undefined;
    studentId?: string | undefined;
    trainerId?: string | undefined;
    courseId?: string | undefined;
    purchaseId?: string | undefined;
    allocationId?: string | undefined;
    sessionId?: string | undefined;
    sessionIds?: string[] | undefined;
    count?: number | undefined;
};
