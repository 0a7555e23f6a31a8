/**
 * @param {number} code
 * @returns {Advice}
 */
export function adviceFor(code: number): Advice;
/**
 * The name of a code for messages and logs.
 * @param {number} code
 */
export function nameOf(code: number): string;
/**
 * The meaning of close codes for the client. The hundreds of a code decide, so the client also handles codes that the service
 * adds later. The names are those of docs/protocol.md; a test compares the two.
 */
/** @typedef {'reconnect' | 'back-off' | 'new-token' | 'stop'} Advice */
/** @type {Readonly<Record<number, string>>} */
export const CLOSE_CODES: Readonly<Record<number, string>>;
/** The socket ended without a close frame, or the client gave up on it. */
export const ABNORMAL: 1006;
/** The client closes a socket without answers with this code (3000–4999 is what a page may use). */
export const CLIENT_GAVE_UP: 4900;
export type Advice = "reconnect" | "back-off" | "new-token" | "stop";
