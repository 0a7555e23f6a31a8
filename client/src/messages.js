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
export function parse(data) {
  if (typeof data !== 'string') {
    return null;
  }
  try {
    const value = JSON.parse(data);
    return isMessage(value) ? value : null;
  } catch {
    return null;
  }
}

/**
 * @param {any} value
 * @returns {value is AnyMessage}
 */
export function isMessage(value) {
  return value !== null && typeof value === 'object' && typeof value.type === 'string';
}

/**
 * Whether a message is an event, which has a payload and an identity. All others concern the connection.
 * @param {unknown} value
 * @returns {value is EventMessage}
 */
export function isEvent(value) {
  if (!isMessage(value)) {
    return false;
  }
  const { event, id, source } = value;
  return event !== null && typeof event === 'object' && !Array.isArray(event) && isText(id) && isText(source);
}

/** @param {unknown} value */
function isText(value) {
  return typeof value === 'string' && value !== '';
}

/**
 * The event's own type, more specific than the message's type: `task.created`, `TRAINER_ALLOCATED`.
 * @param {EventMessage} message
 * @returns {string}
 */
export function eventTypeOf({ type, event }) {
  const inner = event.event_type ?? event.type;
  if (type === 'task_update' || type === 'business-event') {
    return typeof inner === 'string' && inner !== '' ? inner : type;
  }
  return type;
}
