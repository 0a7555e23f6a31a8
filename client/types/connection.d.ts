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
/** After a connection of this duration the count of failures restarts. */
export const GOOD_AFTER: 10000;
/** Minimum time between the start of the last attempt and one after a wake-up. */
export const WAKE_APART: 5000;
/** Time until a renewal without a new token is repeated. */
export const RENEW_AGAIN: 10000;
export type AnyMessage = import("./messages.js").AnyMessage;
export type TokenReason = import("./token.js").TokenReason;
export type Phase = "idle" | "token" | "opening" | "greeting" | "live" | "waiting" | "stopped";
export type ConnectionState = {
    phase: Phase;
    /**
     * the number of the current attempt
     */
    attempt: number;
    /**
     * consecutive failures
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
     * the server requested no attempt before this time
     */
    notBefore: number;
    /**
     * another answer of the same service requested this
     */
    holdUntil: number;
    /**
     * for the next attempt
     */
    tokenReason: TokenReason;
    /**
     * the current token
     */
    token: string | null;
    liveness: Liveness.Liveness;
    /**
     * when to request a renewed token again
     */
    renewAt: number | null;
    /**
     * the announcement of a close by the server
     */
    bye: {
        code: number;
        afterMs: number;
        until: number;
    } | null;
    /**
     * why it is not live, for display
     */
    reason: string;
    /**
     * of the last close, 0 if there was none
     */
    code: number;
    /**
     * whether the cause is in this tab, so that another tab may succeed: no token, a rejected token, no socket
     */
    own: boolean;
};
/**
 * Times are those of a monotonic clock.
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
 * Times are those of a monotonic clock.
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
