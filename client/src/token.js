/**
 * Gets tokens from the page, and reads what a token says about its holder. Reading is not verifying: the service does
 * that; here it only names the tab group and finds tokens that are useless at once.
 */

/** @typedef {'connect' | 'poll' | 'renew' | 'expired'} TokenReason why it is needed; at `expired` a new one must be made */
/** @typedef {(request: { reason: TokenReason }) => Promise<string | null | undefined> | string | null | undefined} TokenFunction */

const ROLES = ['student', 'trainer', 'admin', 'user', 'operator'];

/**
 * @param {TokenFunction} ask
 * @returns {(reason: TokenReason) => Promise<string | null>} null if there is no usable token; rejects if asking failed
 */
export function createTokenSource(ask) {
  /** Two parts that need a token at the same moment share one call. @type {Map<TokenReason, Promise<string | null>>} */
  const running = new Map();
  return (reason) => {
    const known = running.get(reason);
    if (known) {
      return known;
    }
    const call = (async () => {
      const token = await ask({ reason });
      return typeof token === 'string' && hasUsableRole(token) ? token : null;
    })().finally(() => running.delete(reason));
    running.set(reason, call);
    return call;
  };
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
