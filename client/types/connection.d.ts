/** @returns {ConnectionState} */
export function idle(): ConnectionState;
/**
 * @param {ConnectionState} state
 * @param {Input} input
 * @param {{ now: number, dice: number }} chance the time, and a number in [0, 1)
 * @returns {{ state: ConnectionState, effects: Effect[] }}
 */
export function step(state: ConnectionState, input: Input, { now, dice }: {
    now: number;
    dice: number;
}): {
    state: ConnectionState;
    effects: Effect[];
};
/** @typedef {import('./messages.js').AnyMessage} AnyMessage */
/** @typedef {import('./token.js').TokenReason} TokenReason */
/** @typedef {'idle' | 'token' | 'opening' | 'greeting' | 'live' | 'waiting' | 'stopped'} Phase */
/**
 * @typedef {object} ConnectionState
 * @property {Phase} phase
 * @property {number} attempt the number of the attempt that is under way
 * @property {number} failures in a row
 * @property {number | null} deadline when a `tick` is due
 * @property {number} startedAt when the attempt began
 * @property {number} liveSince
 * @property {number} notBefore the server asked not to come back earlier
 * @property {TokenReason} tokenReason for the next attempt
 * @property {string | null} token the one in use
 * @property {Liveness.Liveness} liveness
 * @property {number | null} renewAt when to ask again for a renewed token
 * @property {{ code: number, afterMs: number, until: number } | null} bye what the server said before it closes
 * @property {string} reason why it is not live, for people
 * @property {number} code of the last close, 0 if there was none
 */
/**
 * @typedef {{ type: 'start' }
 *   | { type: 'stop' }
 *   | { type: 'wake' }
 *   | { type: 'tick' }
 *   | { type: 'acknowledge' }
 *   | { type: 'token', attempt: number, token: string | null }
 *   | { type: 'token-failed', attempt: number, detail: string }
 *   | { type: 'opened', attempt: number }
 *   | { type: 'heard', attempt: number, message: AnyMessage | null }
 *   | { type: 'closed', attempt: number, code: number }
 *   | { type: 'unusable', attempt: number, detail: string }} Input
 *
 * @typedef {{ do: 'token', attempt: number, reason: TokenReason }
 *   | { do: 'open', attempt: number }
 *   | { do: 'authenticate', token: string, resume: boolean }
 *   | { do: 'ping' }
 *   | { do: 'close', code: number }
 *   | { do: 'deliver', message: AnyMessage }
 *   | { do: 'log', line: string }} Effect
 */
/** Most time for each step of an attempt (ms). */
export const TOKEN_WITHIN: 15000;
export const OPEN_WITHIN: 10000;
export const GREET_WITHIN: 15000;
/** A connection that lived this long was a good one: the next failure is the first again. */
export const GOOD_AFTER: 10000;
/** A wake-up does not start an attempt earlier than this after the last one began. */
export const WAKE_APART: 5000;
/** A renewal that brought nothing new is tried again after this. */
export const RENEW_AGAIN: 10000;
export type AnyMessage = import("./messages.js").AnyMessage;
export type TokenReason = import("./token.js").TokenReason;
export type Phase = "idle" | "token" | "opening" | "greeting" | "live" | "waiting" | "stopped";
export type ConnectionState = {
    phase: Phase;
    /**
     * the number of the attempt that is under way
     */
    attempt: number;
    /**
     * in a row
     */
    failures: number;
    /**
     * when a `tick` is due
     */
    deadline: number | null;
    /**
     * when the attempt began
     */
    startedAt: number;
    liveSince: number;
    /**
     * the server asked not to come back earlier
     */
    notBefore: number;
    /**
     * for the next attempt
     */
    tokenReason: TokenReason;
    /**
     * the one in use
     */
    token: string | null;
    liveness: Liveness.Liveness;
    /**
     * when to ask again for a renewed token
     */
    renewAt: number | null;
    /**
     * what the server said before it closes
     */
    bye: {
        code: number;
        afterMs: number;
        until: number;
    } | null;
    /**
     * why it is not live, for people
     */
    reason: string;
    /**
     * of the last close, 0 if there was none
     */
    code: number;
};
export type Input = {
    type: "start";
} | {
    type: "stop";
} | {
    type: "wake";
} | {
    type: "tick";
} | {
    type: "acknowledge";
} | {
    type: "token";
    attempt: number;
    token: string | null;
} | {
    type: "token-failed";
    attempt: number;
    detail: string;
} | {
    type: "opened";
    attempt: number;
} | {
    type: "heard";
    attempt: number;
    message: AnyMessage | null;
} | {
    type: "closed";
    attempt: number;
    code: number;
} | {
    type: "unusable";
    attempt: number;
    detail: string;
};
export type Effect = {
    do: "token";
    attempt: number;
    reason: TokenReason;
} | {
    do: "open";
    attempt: number;
} | {
    do: "authenticate";
    token: string;
    resume: boolean;
} | {
    do: "ping";
} | {
    do: "close";
    code: number;
} | {
    do: "deliver";
    message: AnyMessage;
} | {
    do: "log";
    line: string;
};
import * as Liveness from './liveness.js';
