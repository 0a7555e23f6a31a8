/**
 * Elects the leading tab. Normally a Web Lock decides: the tab that holds it leads, and when that tab closes, the browser grants the
 * lock to the next tab in the queue. A tab takes the lock from another one by stealing it.
 *
 * Locks may be missing, fail, or never be granted. A tab that must lead then leads without the lock. That is correct, and
 * costs a separate connection.
 */

/** Time limit for stealing a lock, which is granted at once or not at all (ms). */
export const GRANT_WITHIN = 2_000;

/**
 * @param {object} parts
 * @param {string} parts.name
 * @param {() => void} parts.lead this tab leads from now on
 * @param {() => void} parts.lost another tab took the lock
 * @param {(error: unknown) => void} parts.unusable locks cannot be used
 * @param {import('./environment.js').Environment} parts.environment
 */
export function createLeadership({ name, lead, lost, unusable, environment }) {
  const { locks, AbortController } = environment;
  let leads = false;
  /** Takes the request that waits for the lock back. @type {(() => void) | null} */
  let leaveQueue = null;
  let isForbidden = false;
  let isStopped = false;
  /** Gives the held lock back. @type {(() => void) | null} */
  let release = null;
  /** @type {any} */
  let grantTimer = null;

  return {
    leads: () => leads,
    holdsLock: () => release !== null,

    /** Requests the lock, unless a request is pending. */
    queue() {
      if (leaveQueue === null && release === null && !isForbidden && !isStopped) {
        request(false);
      }
    },

    /** Steals the lock and then leads, or leads without the lock if that fails. */
    take() {
      if (leads || grantTimer !== null) {
        return;
      }
      if (isForbidden) {
        start();
        return;
      }
      grantTimer = environment.setTimeout(() => {
        grantTimer = null;
        unusable(new Error(`the lock was not granted within ${GRANT_WITHIN / 1000} s`));
        start();
      }, GRANT_WITHIN);
      request(true);
    },

    leadWithoutLock: start,

    /** Releases the lock to the next tab in the queue and continues to lead without it. */
    letOthersLead: giveBack,

    /** Stops leading. */
    resign() {
      leads = false;
      giveBack();
    },

    stop() {
      isStopped = true;
      leads = false;
      environment.clearTimeout(grantTimer);
      giveBack();
    },
  };

  function start() {
    environment.clearTimeout(grantTimer);
    grantTimer = null;
    if (!leads && !isStopped) {
      leads = true;
      lead();
    }
  }

  function giveBack() {
    leaveQueue?.();
    leaveQueue = null;
    release?.();
    release = null;
  }

  /** @param {boolean} steal from the tab that holds it */
  function request(steal) {
    /** @type {(() => void) | null} */
    let mine = null;
    let isTakenBack = false;
    const abort = !steal && AbortController ? new AbortController() : null;
    const leave = () => {
      isTakenBack = true;
      abort?.abort();
    };
    const granted = () => {
      ended();
      if (isStopped || isTakenBack) {
        return undefined;
      }
      return new Promise((resolve) => {
        mine = () => resolve(undefined);
        // A tab that stole the lock from itself continues.
        release = mine;
        start();
      });
    };
    const ended = () => {
      if (leaveQueue === leave) {
        leaveQueue = null;
      }
    };
    /** @param {unknown} error */
    const failed = (error) => {
      ended();
      if (isStopped || isTakenBack) {
        return;
      }
      if (mine === null) {
        forbid(error);
      } else if (release === mine) {
        release = null;
        leads = false;
        lost();
      }
    };
    try {
      if (!locks) {
        throw new Error(environment.whyNot('locks'));
      }
      leaveQueue = steal ? leaveQueue : leave;
      const options = steal ? { steal } : abort ? { signal: abort.signal } : {};
      Promise.resolve(locks.request(name, options, granted)).catch(failed);
    } catch (error) {
      failed(error);
    }
  }

  /** @param {unknown} error */
  function forbid(error) {
    if (!isForbidden) {
      isForbidden = true;
      unusable(error);
    }
    if (grantTimer !== null) {
      start();
    }
  }
}

/** @typedef {ReturnType<typeof createLeadership>} Leadership */
