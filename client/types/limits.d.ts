/**
 * Time limits. A promise of the page, the browser or the network may never settle, so every wait of the library has a
 * limit; the caller decides what happens after it.
 */
/**
 * Calls `work` and waits for its result.
 *
 * @template T
 * @param {Pick<import('./environment.js').Environment, 'setTimeout' | 'clearTimeout'>} environment
 * @param {number} ms
 * @param {string} who subject of the error's sentence
 * @param {() => Promise<T> | T} work
 * @returns {Promise<T>} rejects as `work` does or throws, or after `ms`
 */
export function within<T>(environment: Pick<import("./environment.js").Environment, "setTimeout" | "clearTimeout">, ms: number, who: string, work: () => Promise<T> | T): Promise<T>;
