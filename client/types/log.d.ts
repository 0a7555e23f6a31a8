/**
 * The library's log lines (R-EV-6), off by default. They never contain a token.
 *
 * @typedef {(line: string, ...details: unknown[]) => void} Log
 */
/**
 * @param {boolean | Log | undefined} option true for the console, or where lines go
 * @returns {Log}
 */
export function createLog(option: boolean | Log | undefined): Log;
/**
 * The library's log lines (R-EV-6), off by default. They never contain a token.
 */
export type Log = (line: string, ...details: unknown[]) => void;
