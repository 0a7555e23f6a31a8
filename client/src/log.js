/**
 * The library's log lines (R-EV-6), off by default. They never contain a token.
 *
 * @typedef {(line: string, ...details: unknown[]) => void} Log
 */

/**
 * @param {boolean | Log | undefined} option true for the console, or where lines go
 * @returns {Log}
 */
export function createLog(option) {
  if (typeof option === 'function') {
    return (line, ...details) => {
      try {
        option(line, ...details);
      } catch (error) {
        try {
          console.error(error);
        } catch {
          // There is no console either; the page continues.
        }
      }
    };
  }
  return option ? createLog((line, ...details) => console.log(line, ...details)) : () => {};
}
