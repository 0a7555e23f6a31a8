/**
 * The definition of a user id that all parts share (`UserId` of the module `events`): 1 to 128 code points, none of them a
 * control character, a line separator or an unpaired surrogate; no space at either end; not `.` or `..`; no `||`.
 */

const USER_ID = /^(?!\.{1,2}$)(?!\p{Zs})(?!.*\p{Zs}$)(?!.*\|\|)[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]{1,128}$/u;

/**
 * @param {unknown} text
 * @returns {text is string}
 */
export function isUserId(text) {
  return typeof text === 'string' && USER_ID.test(text);
}
