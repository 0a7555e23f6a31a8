/**
 * What travels on the wire, and how a text becomes a message. docs/protocol.md is the description; fields that are not
 * named here are kept and ignored.
 *
 * @typedef {object} EventMessage an event, as pushed and as polled
 * @property {string} type `task_update`, `business-event`, `order:created`, …
 * @property {Record<string, any>} event the payload
 * @property {string} id with `source`, names the event for ever
 * @property {string} source
 * @property {string} timestamp when it was logged, ISO-8601
 * @property {string} cursor where a client stands that has seen it
 *
 * @typedef {object} GapMessage a part of the past is no longer there: what is shown must be fetched anew
 * @property {'gap'} type
 * @property {string} [stream] `user` or `role`
 * @property {number} [from]
 * @property {number} [to]
 * @property {number} [count] absent if nobody knows
 * @property {Record<string, number>} [types] how many of each event type, while known
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
 * @param {unknown} data what a socket handed over
 * @returns {AnyMessage | null} null if it is none of ours
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
 * An event has a payload and a name; anything else is talk about the connection.
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
 * What the event is about more closely than the message's type: `task.created`, `TRAINER_ALLOCATED`.
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
