/**
 * A clock for durations, which never goes back. No single clock of a browser is good enough: the wall clock jumps when it is
 * corrected, and `performance.now()` stands still on some machines while they sleep, or is absent.
 *
 * Between two readings, time advances by the larger of the two clocks' steps, and a step back counts as none. A wall clock
 * that is set forward therefore looks like a sleep: deadlines pass early, which costs an early attempt. A timer that fires
 * proves that its delay is over, whatever the clocks say.
 *
 * @param {() => number | undefined} wallClock epoch ms; undefined if it cannot be read
 * @param {() => number | undefined} runningClock ms since any moment; undefined if there is none
 */
export function createSteadyClock(wallClock, runningClock) {
  let wall = wallClock();
  let running = runningClock();
  let time = Math.max(wall ?? 0, 0);

  return {
    /** @returns {number} ms, never below 0; it starts as the wall clock */
    now() {
      const nextWall = wallClock();
      const nextRunning = runningClock();
      time += Math.max(0, stepOf(wall, nextWall), stepOf(running, nextRunning));
      wall = nextWall;
      running = nextRunning;
      return time;
    },

    /** @param {number} proven a time that has come */
    isAtLeast(proven) {
      time = Math.max(this.now(), proven);
    },
  };
}

/** @param {number | undefined} from @param {number | undefined} to */
function stepOf(from, to) {
  return from === undefined || to === undefined ? 0 : to - from;
}
