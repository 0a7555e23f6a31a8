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
    /** Fetches both anew. @returns {Promise<void>} */
    refetch: () => Promise<void>;
    close: () => void;
};
/** What changes a student's screens. */
export const LEARNING_EVENTS: readonly string[];
/**
 * A student's home and learning screens, kept right by events (R-PF-16): each of the flow's events drops what is cached
 * and fetches both anew with `force=true`, since a push is faster than the service's own invalidation. Events in any order
 * and number end in the same state, because none of them carries state: they only say "look again".
 *
 * A fetch that failed is logged, leaves the page as it is, and is not repeated by itself; a return to the page repeats it.
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
     * of the last fetch, for people; empty if it went well
     */
    error: string;
};
export type Learning = ReturnType<typeof createLearning>;
