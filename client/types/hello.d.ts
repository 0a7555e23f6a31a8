/**
 * @param {object} parts
 * @param {() => void} parts.ask posts the question
 * @param {() => void} parts.due the time for the next question has come
 * @param {() => void} parts.silence no answer came in time
 * @param {import('./environment.js').Environment} parts.environment
 */
export function createHello({ ask, due, silence, environment }: {
    ask: () => void;
    due: () => void;
    silence: () => void;
    environment: import("./environment.js").Environment;
}): {
    /** Asks. @param {boolean} expectsAnswer whether silence counts */
    say: (expectsAnswer: boolean) => void;
    /** Whether an answer is awaited. */
    waits: () => boolean;
    answered: () => void;
    /** The next question is due after so long. @param {number} ms */
    after(ms: number): void;
    /** Somebody looks. @returns {boolean} whether an answer was overdue, so that silence counts now */
    insist(): boolean;
    stop(): void;
};
/**
 * A question to the leading tab that has to be answered: asked regularly, and whenever something seems amiss. Silence means
 * that the leader is frozen, or that the tabs cannot hear each other.
 *
 * Timers lie: this page may have slept through the answer's time. A timer that comes late asks once more before silence
 * counts, and a timer that never came is made up for by {@link Hello.insist}.
 */
/** How long an answer may take (ms); up to half as much more by dice, so that tabs do not act at once. */
export const ANSWER_WITHIN: 2000;
export type Hello = ReturnType<typeof createHello>;
