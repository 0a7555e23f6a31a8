/**
 * A question to the leading tab: it is sent regularly, and after any sign of a problem. No answer means
 * that the leader is frozen, or that the tabs cannot communicate.
 *
 * Timers are unreliable: this page may have been suspended while the answer was due. If a timer fires late, the question is sent once
 * more before the silence counts. {@link Hello.insist} replaces a timer that never fired.
 */

/** Time limit of an answer (ms), plus a random part of up to half, so that tabs do not act at the same time. */
export const ANSWER_WITHIN = 2_000;

/** A timer that fires later than this was delayed, and the answer may be in transit (ms). */
const LATE = 1_000;

/**
 * @param {object} parts
 * @param {() => void} parts.ask posts the question
 * @param {() => void} parts.due called when the next question is due
 * @param {() => void} parts.silence called when no answer arrived in time
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
    /** Sends the question. @param {boolean} expectsAnswer whether silence counts */
    say: (expectsAnswer) => say(expectsAnswer, false),

    /** Whether an answer is awaited. */
    waits: () => answerDue !== null,

    answered,

    /** Schedules the next question. @param {number} ms */
    after(ms) {
      environment.clearTimeout(nextTimer);
      nextTimer = environment.setTimeout(due, ms);
    },

    /** The user looks at the page. @returns {boolean} whether an answer was overdue, so that the silence counts now */
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
