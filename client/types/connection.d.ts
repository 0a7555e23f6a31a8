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
     * another answer of the same service asked for this
     */
    holdUntil: number;
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
    /**
     * whether the cause lies in this tab, so that another one might do better: no token, a refused one, no socket
     */
    own: boolean;
};
/**
 * Times are of a clock that never goes back.
 */
export type Input = {
    type: "start";
} | {
    type: "stop";
} | {
    type: "wake";
} | {
    type: "tick";
} | {
    type: "hold";
    ms: number;
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
/**
 * Times are of a clock that never goes back.
 */
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
