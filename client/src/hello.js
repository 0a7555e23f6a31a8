/**
 * A question to the leading tab that has to be answered: asked regularly, and whenever something seems amiss. Silence means
 * that the leader is frozen, or that the tabs cannot hear each other.
 *
 * Timers lie: this page may have slept through the answer's time. A timer that comes late asks once more before silence
 * counts, and a timer that never came is made up for by {@link Hello.insist}.
 */

/** How long an answer may take (ms); up to half as much more by dice, so that tabs do not act at once. */
export const ANSWER_WITHIN = 2_000;

/** A timer later than this was held up, and the answer may be on its way (ms). */
const LATE = 1_000;

/**
 * @param {object} parts
 * @param {() => void} parts.ask posts the question
 * @param {() => void} parts.due the time for the next question has come
 * @param {() => void} parts.silence no answer came in time
 * @param {import('./environment.js').Environment} parts.environment
 */
export function createHello({ ask, due, silence, environment }) {
  /** When the answer to the question is due. @type {number | null} */
  let answerDue = null;
  let isSecond = false;
  /** @type {any} */
  let answerTimer = null;
  /** @type {any} */
  let nextTimer = null;

  return {
    /** Asks. @param {boolean} expectsAnswer whether silence counts */
    say: (expectsAnswer) => say(expectsAnswer, false),

    /** Whether an answer is awaited. */
    waits: () => answerDue !== null,

    answered,

    /** The next question is due after so long. @param {number} ms */
    after(ms) {
      environment.clearTimeout(nextTimer);
      nextTimer = environment.setTimeout(due, ms);
    },

    /** Somebody looks. @returns {boolean} whether an answer was overdue, so that silence counts now */
    insist() {
      const isOverdue = answerDue !== null && environment.steady() > answerDue + LATE;
      if (isOverdue) {
        timeIsUp();
      }
      return isOverdue;
    },

    stop() {
      answered();
      environment.clearTimeout(nextTimer);
    },
  };

  /** @param {boolean} expectsAnswer @param {boolean} second */
  function say(expectsAnswer, second) {
    ask();
    if (expectsAnswer && answerDue === null) {
      const pause = ANSWER_WITHIN * (1 + environment.random() / 2);
      answerDue = environment.steady() + pause;
      isSecond = second;
      answerTimer = environment.setTimeout(timeIsUp, pause);
    }
  }

  function answered() {
    environment.clearTimeout(answerTimer);
    answerTimer = null;
    answerDue = null;
  }

  function timeIsUp() {
    const isLate = answerDue !== null && environment.steady() > answerDue + LATE;
    answered();
    if (isLate && !isSecond) {
      say(true, true);
    } else {
      silence();
    }
  }
}

/** @typedef {ReturnType<typeof createHello>} Hello */
