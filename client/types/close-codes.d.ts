/**
 * @param {number} code
 * @returns {Advice}
 */
export function adviceFor(code: number): Advice;
/**
 * A word for people and logs.
 * @param {number} code
 */
export function nameOf(code: number): string;
/**
 * What a close code tells the client to do. The hundred decides, so codes that the service gets later need no new
 * client. The names are those of docs/protocol.md; a test compares the two.
 */
/** @typedef {'reconnect' | 'back-off' | 'new-token' | 'stop'} Advice */
/** @type {Readonly<Record<number, string>>} */
export const CLOSE_CODES: Readonly<Record<number, string>>;
/** Nothing was heard of the socket's end; also what the client reports for one that it gave up on. */
export const ABNORMAL: 1006;
/** With this code the client closes a socket whose server fell silent (3000–4999 is what a page may use). */
export const CLIENT_GAVE_UP: 4900;
export type Advice = "reconnect" | "back-off" | "new-token" | "stop";
