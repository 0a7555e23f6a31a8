/**
 * The meaning of close codes for the client. The hundreds of a code decide, so the client also handles codes that the service
 * adds later. The names are those of docs/protocol.md; a test compares the two.
 */

/** @typedef {'reconnect' | 'back-off' | 'new-token' | 'stop'} Advice */

/** @type {Readonly<Record<number, string>>} */
export const CLOSE_CODES = Object.freeze({
  4000: 'SHUTTING_DOWN',
  4001: 'ROLE_CHANGED',
  4002: 'LOG_REPLACED',
  4003: 'CLOSED_BY_OPERATOR',
  4100: 'OVERLOADED',
  4101: 'SLOW',
  4102: 'UNRESPONSIVE',
  4103: 'KEYS_UNAVAILABLE',
  4104: 'INTERNAL_ERROR',
  4200: 'TOKEN_EXPIRED',
  4201: 'NO_TOKEN',
  4300: 'INVALID_TOKEN',
  4301: 'OTHER_USER',
  4302: 'PROTOCOL_ERROR',
  4303: 'BINARY_MESSAGE',
  4304: 'MESSAGE_TOO_LARGE',
  4305: 'TOO_MANY_CONNECTIONS',
});

/** The socket ended without a close frame, or the client gave up on it. */
export const ABNORMAL = 1006;

/** The client closes a socket without answers with this code (3000–4999 is what a page may use). */
export const CLIENT_GAVE_UP = 4900;

/** @type {readonly Advice[]} */
const BY_HUNDRED = ['reconnect', 'back-off', 'new-token', 'stop'];

/** Codes of RFC 6455 for frames or texts that are malformed or too large. A retry would fail again. */
const BROKEN = [1002, 1003, 1007, 1009];

/** Codes of RFC 6455 for a policy violation, a server error, and try again later. */
const TROUBLED = [1008, 1011, 1013];

/**
 * @param {number} code
 * @returns {Advice}
 */
export function adviceFor(code) {
  if (code >= 4000) {
    return BY_HUNDRED[Math.floor((code - 4000) / 100)] ?? 'back-off';
  }
  if (BROKEN.includes(code)) {
    return 'stop';
  }
  return TROUBLED.includes(code) ? 'back-off' : 'reconnect';
}

/**
 * The name of a code for messages and logs.
 * @param {number} code
 */
export function nameOf(code) {
  return CLOSE_CODES[code] ?? `code ${code}`;
}
