/**
 * Gets tokens from the page, and reads what a token says about its holder. Reading is not verifying: the service does
 * that; here it only names the tab group and finds tokens that are useless at once.
 */

import { within } from './limits.js';

/** @typedef {'connect' | 'poll' | 'renew' | 'expired'} TokenReason why it is needed; at `expired` a new one must be made */
/** @typedef {(request: { reason: TokenReason }) => Promise<string | null | undefined> | string | null | undefined} TokenFunction */

/** A call that takes longer is given up, and the function is called anew at the next attempt (ms). */
export const TOKEN_WITHIN = 15_000;

/** A token that came after its limit serves the next attempt within this time (ms). */
const LATE_IS_USABLE = 60_000;

const ROLES = ['student', 'trainer', 'admin', 'user', 'operator'];

/**
 * The parts that need a token for the same reason at the same moment share one call. A call that does not answer within
 * {@link TOKEN_WITHIN} is shared no longer; if it answers after all, its token still counts.
 *
 * @param {TokenFunction} ask
 * @param {import('./environment.js').Environment} environment
 * @returns {(reason: TokenReason) => Promise<string | null>} null if there is no usable token; rejects if asking failed or
 *     took too long
 */
export function createTokenSource(ask, environment) {
  /**
   * @typedef {object} Pending
   * @property {Promise<string | null>} answer
   * @property {(token: string) => void} serve answers it with the token of an earlier call
   */
  /** @type {Map<TokenReason, Pending>} */
  const running = new Map();
  /** @type {Map<TokenReason, { token: string, until: number }>} */
  const late = new Map();

  return (reason) => running.get(reason)?.answer ?? takeLate(reason) ?? start(reason);

  /** @param {TokenReason} reason */
  function takeLate(reason) {
    const kept = late.get(reason);
    late.delete(reason);
    return kept && environment.steady() < kept.until ? Promise.resolve(kept.token) : null;
  }

  /** @param {TokenReason} reason @returns {Promise<string | null>} */
  function start(reason) {
    /** @type {(token: string) => void} */
    let serve = () => {};
    const other = new Promise((resolve) => (serve = resolve));
    const call = (async () => usable(await ask({ reason })))();
    const answer = within(environment, TOKEN_WITHIN, "the page's token function", () => Promise.race([call, other])).finally(() => {
      if (running.get(reason)?.answer === answer) {
        running.delete(reason);
      }
    });
    running.set(reason, { answer, serve });
    call.then((token) => token !== null && running.get(reason)?.answer !== answer && offer(reason, token)).catch(() => {});
    return answer;
  }

  /** @param {TokenReason} reason @param {string} token which answers a call that was given up */
  function offer(reason, token) {
    const pending = running.get(reason);
    if (pending) {
      pending.serve(token);
    } else {
      late.set(reason, { token, until: environment.steady() + LATE_IS_USABLE });
    }
  }
}

/** @param {string | null | undefined} token */
function usable(token) {
  return typeof token === 'string' && hasUsableRole(token) ? token : null;
}

/** @param {string} token */
function hasUsableRole(token) {
  const { role } = claimsOf(token);
  return token !== '' && (role === undefined || ROLES.includes(/** @type {string} */ (role)));
}

/**
 * @param {string} token
 * @returns {{ sub?: string, role?: string, exp?: number }} nothing if the token is no JWT
 */
export function claimsOf(token) {
  try {
    const body = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0));
    const claims = JSON.parse(new TextDecoder().decode(bytes));
    return claims !== null && typeof claims === 'object' ? claims : {};
  } catch {
    return {};
  }
}
