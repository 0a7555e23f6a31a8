/**
 * @param {object} parts
 * @param {() => void} parts.ask posts the question
 * @param {() => void} parts.due called when the next question is due
 * @param {() => void} parts.silence called when no answer arrived in time
 * @param {import('./environment.js').Environment} parts.environment
 */
export function createHello({ ask, due, silence, environment }: {
    ask: () => void;
    due: () => void;
    silence: () => void;
    environment: import("./environment.js").Environment;
}): {
    /** Sends the question. @param {boolean} expectsAnswer whether silence counts */
    say: (expectsAnswer: boolean) => void;
    /** Whether an answer is awaited. */
    waits: () => boolean;
    answered: () => void;
    /** Schedules the next question. @param {number} ms */
    after(ms: number): void;
    /** The user looks at the page. @returns {boolean} whether an answer was overdue, so that the silence counts now */
    insist(): boolean;
    stop(): void;
};
/**
 * A question to the leading tab: it is sent regularly, and after any sign of a problem. No answer means
 * that the leader is frozen, or that the tabs cannot communicate.
 *
 * Timers are unreliable: this page may have been suspended while the answer was due. If a timer fires late, the question is sent once
 * more before the silence counts. {@link Hello.insist} replaces a timer that never fired.
 */
/** Time limit of an answer (ms), plus a random part of up to half, so that tabs do not act at the same time. */
export const ANSWER_WITHIN: 2000;
export type Hello = ReturnType<typeof createHello>;
