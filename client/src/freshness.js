/**
 * Keeps what a page shows fresh: a loader runs when the page's position is known, and again whenever events alone cannot
 * promise that the screen is right. Position first, then data: an event that falls between is then delivered, and the
 * other way round it would be lost.
 *
 * @typedef {'start' | 'focus' | 'resume' | 'manual' | 'gap' | 'unreachable'} RefreshReason why a loader runs
 * @typedef {(request: { reason: RefreshReason }) => unknown} Loader may answer a promise
 */

/** Older than this when somebody returns to the page, and it is loaded anew (R-EV-4). */
export const OLD_AFTER = 30_000;

/** Older than this the page was away, not just out of sight. */
export const AWAY_AFTER = 30 * 60_000;

/** After this a page gets its data even though no position could be had. */
export const POSITION_WITHIN = 5_000;

/**
 * Whether a page that is looked at again must load anew.
 * @param {number} age of what it shows, in ms
 * @returns {'focus' | 'resume' | null}
 */
export function onReturn(age) {
  if (age <= OLD_AFTER) {
    return null;
  }
  return age > AWAY_AFTER ? 'resume' : 'focus';
}

/**
 * @param {object} parts
 * @param {(reason: RefreshReason) => void} parts.announce
 * @param {(error: unknown) => void} parts.failed a loader did; it is not tried again by itself
 * @param {import('./environment.js').Environment} parts.environment
 */
export function createFreshness({ announce, failed, environment }) {
  /** @type {Set<{ run: (reason: RefreshReason) => Promise<void> }>} */
  const loaders = new Set();
  /** @type {'nowhere' | 'unreachable' | 'known'} */
  let position = 'nowhere';
  /** @type {any} */
  let timer = null;

  return {
    /** The page waits for its position from now on. */
    start() {
      timer = environment.setTimeout(() => {
        if (position === 'nowhere') {
          position = 'unreachable';
          void refresh('unreachable');
        }
      }, POSITION_WITHIN);
    },

    stop: () => environment.clearTimeout(timer),

    /** What is loaded from now on is complete. */
    positioned() {
      if (position !== 'known') {
        position = 'known';
        environment.clearTimeout(timer);
        void refresh('start');
      }
    },

    refresh,

    /**
     * @param {Loader} load
     * @returns {() => void} ends it
     */
    keep(load) {
      const loader = {
        run: oneAfterTheOther((/** @type {RefreshReason} */ reason) => load({ reason }), failed),
      };
      loaders.add(loader);
      if (position !== 'nowhere') {
        void loader.run(position === 'known' ? 'start' : 'unreachable');
      }
      return () => {
        loaders.delete(loader);
      };
    },
  };

  /** @param {RefreshReason} reason @returns {Promise<void>} when all loaders are through */
  async function refresh(reason) {
    announce(reason);
    await Promise.all([...loaders].map((loader) => loader.run(reason)));
  }
}

/**
 * Runs a task at most once at a time. Asked while it runs, it runs exactly once more after that, since what it is loading
 * may be from before the asking.
 *
 * @template A
 * @param {(argument: A) => unknown} task
 * @param {(error: unknown) => void} failed
 * @returns {(argument: A) => Promise<void>} when a run that began after the call is through
 */
export function oneAfterTheOther(task, failed) {
  /** @type {Promise<void> | null} */
  let running = null;
  /** @type {Promise<void> | null} */
  let next = null;
  return run;

  /** @param {A} argument @returns {Promise<void>} */
  function run(argument) {
    if (running === null) {
      running = (async () => task(argument))()
        .then(() => {}, failed)
        .finally(() => {
          running = null;
        });
      return running;
    }
    next ??= running.then(() => {
      next = null;
      return run(argument);
    });
    return next;
  }
}
