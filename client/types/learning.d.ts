/**
 * @param {import('./tidings.js').Tidings} tidings
 * @param {object} options
 * @param {string} options.apiUrl of the backend, without a path
 * @param {import('./token.js').TokenFunction} options.token
 * @param {string} [options.studentId] the caller by default
 * @param {typeof fetch} [options.fetch]
 * @param {string} [options.name] under which the screens are kept for an offline start
 * @param {Partial<import('./environment.js').Environment>} [options.environment]
 */
export function createLearning(tidings: import("./tidings.js").Tidings, { apiUrl, token, studentId, fetch, name, environment }: {
    apiUrl: string;
    token: import("./token.js").TokenFunction;
    studentId?: string | undefined;
    fetch?: typeof globalThis.fetch | undefined;
    name?: string | undefined;
    environment?: Partial<import("./environment.js").Environment> | undefined;
}): {
    /** The screens; an observable. */
    screen: {
        get: () => Screen;
        subscribe: (watcher: (value: Screen) => void) => () => void;
    };
    /** Fetches both again. @returns {Promise<void>} */
    refetch: () => Promise<void>;
    close: () => void;
};
/** The events that change a student's screens. */
export const LEARNING_EVENTS: readonly string[];
/**
 * Keeps a student's home and learning screens up to date (R-PF-16). Each event of the flow drops the cached screens
 * and fetches both again with `force=true`, because a push is faster than the service's own invalidation. Events in any order
 * and number lead to the same state, because they only trigger a fetch.
 *
 * A failed fetch is logged, leaves the page unchanged, and is not repeated at once; the next return to the page repeats it.
 */
export type Screen = {
    /**
     * `{overview, upcomingSessions, recentCourses, trendingCourses}`, null until it is known
     */
    home: any;
    /**
     * null until it is known
     */
    learning: any;
    /**
     * of the last fetch, for display; empty if it succeeded
     */
    error: string;
};
export type Learning = ReturnType<typeof createLearning>;
