/**
 * Requests tokens from the page, and reads the claims of a token. Reading is not verification, which the service
 * does; the claims only name the tab group and detect tokens that are useless.
 */

import { within } from './limits.js';

/** @typedef {'connect' | 'poll' | 'renew' | 'expired'} TokenReason why it is needed; `expired` requires a new token */
/** @typedef {(request: { reason: TokenReason }) => Promise<string | null | undefined> | string | null | undefined} TokenFunction */

/** Time limit of a call; the function is called again at the next attempt (ms). */
export const TOKEN_WITHIN = 15_000;

/** Time in which a late token is used for the next attempt (ms). */
const LATE_IS_USABLE = 60_000;

const ROLES = ['student', 'trainer', 'admin', 'user', 'operator'];

/**
 * Modules that need a token for the same reason at the same time share one call. A call that does not return within
 * {@link TOKEN_WITHIN} is no longer shared; if it returns later, its token is still used.
 *
 * @param {TokenFunction} ask
 * @param {import('./environment.js').Environment} environment
 * @returns {(reason: TokenReason) => Promise<string | null>} null if there is no usable token; rejects if the call failed or
 *     took too long
 */
export function createTokenSource(ask, environment) {
  /**
   * @typedef {object} Pending
   * @property {Promise<string | null>} answer
   * @property {(token: string) => void} serve resolves it with the token of an earlier call
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

  /** @param {TokenReason} reason @param {string} token of a call that was given up */
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
 * @returns {{ sub?: string, role?: string, exp?: number }} empty if the token is no JWT
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
