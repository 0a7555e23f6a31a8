/**
 * Keeps a student's home and learning screens up to date (R-PF-16). Each event of the flow drops the cached screens
 * and fetches both again with `force=true`, because a push is faster than the service's own invalidation. Events in any order
 * and number lead to the same state, because they only trigger a fetch.
 *
 * A failed fetch is logged, leaves the page unchanged, and is not repeated at once; the next return to the page repeats it.
 *
 * @typedef {object} Screen
 * @property {any} home `{overview, upcomingSessions, recentCourses, trendingCourses}`, null until it is known
 * @property {any} learning null until it is known
 * @property {string} error of the last fetch, for display; empty if it succeeded
 */

import { retryAfterMs } from './backoff.js';
import { environment as surroundings } from './environment.js';
import { within } from './limits.js';
import { observable } from './observable.js';

/** Time limit for an answer, and for the token before it (ms). */
const ANSWER_WITHIN = 15_000;

const DAY = 86_400_000;

/** The events that change a student's screens. */
export const LEARNING_EVENTS = Object.freeze([
  'PURCHASE_CREATED',
  'COURSE_ACCESS_GRANTED',
  'TRAINER_ALLOCATED',
  'SESSIONS_GENERATED',
  'SESSION_COMPLETED',
]);

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
export function createLearning(tidings, { apiUrl, token, studentId, fetch, name = 'learning', environment }) {
  const env = surroundings(environment);
  const request = fetch ?? env.fetch;
  const screen = observable(/** @type {Screen} */ ({ home: null, learning: null, error: '' }));
  /** Loads are numbered; the answer of an older load is dropped if it arrives after that of a newer one. */
  let loads = 0;
  let latest = 0;
  const fresh = tidings.keepFresh(({ reason }) => load(reason !== 'start'));

  const ends = [
    tidings.keep(name, {
      snapshot: () => screen.get(),
      restore(value) {
        if (screen.get().home === null && value?.home) {
          screen.set(value);
        }
      },
    }),
    fresh,
    ...LEARNING_EVENTS.map((type) =>
      tidings.on(type, () => {
        tidings.log(`[Store] Handling event (order-safe): ${type}`);
        void fresh.reload();
      }),
    ),
  ];

  return {
    /** The screens; an observable. */
    screen: { get: screen.get, subscribe: screen.subscribe },
    /** Fetches both again. @returns {Promise<void>} */
    refetch: () => fresh.reload('manual'),
    close: () => ends.forEach((end) => end()),
  };

  /** @param {boolean} force whether the service may answer from its cache */
  async function load(force) {
    const number = ++loads;
    try {
      const student = encodeURIComponent(studentId ?? tidings.identity().userId ?? '');
      const query = force ? '?force=true' : '';
      const [home, learning] = await Promise.all([
        get(`/api/v1/students/${student}/home${query}`),
        get(`/api/v1/students/${student}/learning${query}`),
      ]);
      const complete = { home: await withSessions(home), learning, error: '' };
      if (number > latest) {
        latest = number;
        screen.set(complete);
      }
    } catch (error) {
      const detail = String(/** @type {any} */ (error)?.message ?? error);
      tidings.log('[Store] Refetch failed, and is not repeated by itself', detail);
      screen.set({ ...screen.get(), error: detail });
      throw error;
    }
  }

  /** A home without upcoming sessions is checked against their list, which is never cached (R-PF-7). @param {any} home */
  async function withSessions(home) {
    if (home?.upcomingSessions?.length) {
      return home;
    }
    // The date may still be yesterday in some time zone, and a session of today may be over.
    const from = new Date(env.now() - DAY).toISOString().slice(0, 10);
    const { items = [] } = await get(`/api/v1/sessions?status=scheduled&from=${from}`);
    return { ...home, upcomingSessions: items.filter((/** @type {any} */ { endsAt }) => !(Date.parse(endsAt) <= env.now())) };
  }

  /** @param {string} path */
  async function get(path) {
    return within(env, ANSWER_WITHIN, path, async () => {
      const bearer = await token({ reason: 'poll' });
      const response = await request(`${apiUrl}${path}`, { headers: { Authorization: `Bearer ${bearer}` }, cache: 'no-store' });
      if (!response.ok) {
        const problem = await response.json().catch(() => ({}));
        const refusal = new Error(problem.detail ?? `${path} answered ${response.status}`);
        throw Object.assign(refusal, { retryAfterMs: retryAfterMs(response.headers, env.now()) });
      }
      return response.json();
    });
  }
}

/** @typedef {ReturnType<typeof createLearning>} Learning */
