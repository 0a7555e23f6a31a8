/**
 * Keeps the data of a page up to date: a loader runs when the page's position is known, and again whenever events alone cannot
 * guarantee that the data is correct. The position is read first, then the data, so an event in between is delivered; in the
 * other order it would be lost.
 *
 * The age of a state is the time since it was last loaded, or changed by an event (R-EV-4). Other messages on the
 * connection do not change it. A state whose last load failed is outdated at any age.
 *
 * @typedef {'start' | 'focus' | 'resume' | 'manual' | 'gap' | 'unreachable' | 'event'} RefreshReason why a loader runs
 * @typedef {(request: { reason: RefreshReason }) => unknown} Loader may return a promise. If it fails with an error whose
 *     `retryAfterMs` is a number, a return to the page does not repeat it earlier
 *
 * @typedef {object} Keeping the result of {@link createFreshness} for a loader: a function that stops it
 * @property {(reason?: RefreshReason) => Promise<void>} reload runs the loader: for an event, no earlier than the service requested
 *     after a failure; otherwise now. Never rejects
 *
 * @typedef {object} State a part of the page that a loader fills
 * @property {() => void} loading the running loader loads this state
 * @property {() => void} changed an event changed this state
 */

import { spreadHint } from './backoff.js';
import { within } from './limits.js';

/** Age beyond which a state is loaded again when the user returns to the page (R-EV-4). */
export const OLD_AFTER = 30_000;

/** Age beyond which the page counts as resumed. */
export const AWAY_AFTER = 30 * 60_000;

/** Time after which a page loads its data without a position. */
export const POSITION_WITHIN = 5_000;

/** Time limit of a load; after it the next load may begin. */
export const LOAD_WITHIN = 30_000;

/**
 * Whether a page must load again when the user returns.
 * @param {number} age of its state in ms
 * @returns {'focus' | 'resume' | null}
 */
export function onReturn(age) {
  if (age <= OLD_AFTER) {
    return null;
  }
  return age > AWAY_AFTER ? 'resume' : 'focus';
}

/**
 * @typedef {object} Entry a loader and the age of what it loads
 * @property {number} seenAt when the state was last known to be current
 * @property {boolean} failed whether the last load failed
 * @property {boolean} loading
 * @property {number} notBefore the earliest time that the service requested after the last failure
 * @property {any} timer of a retry that waits for `notBefore`
 * @property {boolean} isLinked whether it loads a {@link State}; otherwise every event that a handler processed counts as its change
 * @property {(reason: RefreshReason) => Promise<void>} run
 */

/**
 * @param {object} parts
 * @param {(reason: RefreshReason) => void} parts.announce
 * @param {(error: unknown) => void} parts.failed called when a loader fails; it is not retried at once
 * @param {import('./environment.js').Environment} parts.environment
 */
export function createFreshness({ announce, failed, environment }) {
  /** @type {Set<Entry>} */
  const loaders = new Set();
  /** @type {'nowhere' | 'unreachable' | 'known'} */
  let position = 'nowhere';
  /** Whose load function is being called. @type {Entry | null} */
  let calling = null;
  /** The page as a whole, for pages that only handle the announcement. */
  let seenAt = environment.steady();
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

    stop() {
      environment.clearTimeout(timer);
      loaders.forEach((loader) => environment.clearTimeout(loader.timer));
    },

    /** Data that is loaded from now on is complete. */
    positioned() {
      if (position !== 'known') {
        position = 'known';
        environment.clearTimeout(timer);
        void refresh('start');
      }
    },

    refresh,

    /** The user looks at the page: loads outdated states. */
    returned() {
      const now = environment.steady();
      const old = [...loaders].filter((loader) => !loader.loading && (loader.failed || now - loader.seenAt > OLD_AFTER));
      const age = loaders.size === 0 ? now - seenAt : Math.max(0, ...old.map((loader) => now - loader.seenAt));
      const reason = onReturn(age) ?? (old.length > 0 ? 'focus' : null);
      if (reason !== null) {
        seenAt = now;
        announce(reason);
        old.forEach((loader) => void runWhenAllowed(loader, reason));
      }
    },

    /** A handler of the page processed an event. */
    changed() {
      seenAt = environment.steady();
      loaders.forEach((loader) => loader.isLinked || renew(loader));
    },

    /** @returns {State} */
    state() {
      /** @type {Entry | null} */
      let owner = null;
      return {
        loading() {
          owner = calling ?? owner;
          if (owner) {
            owner.isLinked = true;
          }
        },
        changed: () => owner !== null && renew(owner),
      };
    },

    /**
     * @param {Loader} load
     * @returns {Keeping & (() => void)}
     */
    keep(load) {
      /** @type {Entry} */
      const loader = {
        seenAt: environment.steady(),
        failed: false,
        loading: false,
        notBefore: 0,
        timer: null,
        isLinked: false,
        run: oneAfterTheOther((/** @type {RefreshReason} */ reason) => runNow(loader, load, reason), failed),
      };
      loaders.add(loader);
      if (position !== 'nowhere') {
        void loader.run(position === 'known' ? 'start' : 'unreachable');
      }
      const end = () => {
        loaders.delete(loader);
        environment.clearTimeout(loader.timer);
      };
      return Object.assign(end, {
        reload: (/** @type {RefreshReason} */ reason = 'event') => (reason === 'event' ? runWhenAllowed(loader, reason) : loader.run(reason)),
      });
    },
  };

  /** @param {RefreshReason} reason @returns {Promise<void>} when all loaders have finished */
  async function refresh(reason) {
    seenAt = environment.steady();
    announce(reason);
    await Promise.all([...loaders].map((loader) => loader.run(reason)));
  }

  /** @param {Entry} loader @param {Loader} load @param {RefreshReason} reason */
  async function runNow(loader, load, reason) {
    environment.clearTimeout(loader.timer);
    loader.timer = null;
    loader.loading = true;
    const began = environment.steady();
    try {
      await within(environment, LOAD_WITHIN, 'a load', () => {
        calling = loader;
        try {
          return load({ reason });
        } finally {
          calling = null;
        }
      });
      loader.failed = false;
      loader.notBefore = 0;
      loader.seenAt = Math.max(loader.seenAt, began);
    } catch (error) {
      loader.failed = true;
      const hint = /** @type {any} */ (error)?.retryAfterMs;
      loader.notBefore = typeof hint === 'number' ? environment.steady() + spreadHint(hint, environment.random()) : 0;
      throw error;
    } finally {
      loader.loading = false;
    }
  }

  /** Runs no earlier than the service requested. @param {Entry} loader @param {RefreshReason} reason @returns {Promise<void>} */
  async function runWhenAllowed(loader, reason) {
    const pause = loader.notBefore - environment.steady();
    if (pause <= 0) {
      await loader.run(reason);
    } else if (loader.timer === null) {
      loader.timer = environment.setTimeout(() => void loader.run(reason), pause);
    }
  }

  /** @param {Entry} loader */
  function renew(loader) {
    if (!loader.failed) {
      loader.seenAt = environment.steady();
    }
  }
}

/**
 * Runs a task at most once at a time. A call while it runs causes exactly one more run, because the current run may
 * load data from before the call.
 *
 * @template A
 * @param {(argument: A) => unknown} task must settle within a limit
 * @param {(error: unknown) => void} failed
 * @returns {(argument: A) => Promise<void>} when a run that began after the call has finished
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
