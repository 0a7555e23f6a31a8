/**
 * @param {unknown} text
 * @returns {text is string}
 */
export function isUserId(text: unknown): text is string;
