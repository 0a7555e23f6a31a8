/**
 * What a close code tells the client to do. The hundred decides, so codes that the service gets later need no new
 * client. The names are those of docs/protocol.md; a test compares the two.
 */

/** @typedef {'reconnect' | 'back-off' | 'new-token' | 'stop'} Advice */

/** @type {Readonly<Record<number, string>>} */
export const CLOSE_CODES = Object.freeze({
  4000: 'SHUTTING_DOWN',
  4001: 'ROLE_CHANGED',
  4002: 'LOG_REPLACED',
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

/** Nothing was heard of the socket's end; also what the client reports for one that it gave up on. */
export const ABNORMAL = 1006;

/** With this code the client closes a socket whose server fell silent (3000–4999 is what a page may use). */
export const CLIENT_GAVE_UP = 4900;

/** @type {readonly Advice[]} */
const BY_HUNDRED = ['reconnect', 'back-off', 'new-token', 'stop'];

/** Of RFC 6455: the other side found our frames or texts broken, or too large; it would again. */
const BROKEN = [1002, 1003, 1007, 1009];

/** Refused by policy, server error, try again later. */
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
 * A word for people and logs.
 * @param {number} code
 */
export function nameOf(code) {
  return CLOSE_CODES[code] ?? `code ${code}`;
}
