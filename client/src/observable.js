/**
 * A value that can be observed. A watcher is called at once with the value, and again after each change. This fits
 * Svelte's stores without an adapter, and React's `useSyncExternalStore` with `get`.
 *
 * @template T
 * @typedef {object} Observable
 * @property {() => T} get
 * @property {(watcher: (value: T) => void) => () => void} subscribe returns a function that stops it
 */

/**
 * @template T
 * @param {T} initial
 * @param {(error: unknown) => void} [failed] is called with the exception of a watcher; the other watchers are still called
 * @returns {Observable<T> & { set: (value: T) => void }}
 */
export function observable(initial, failed = (error) => console.error(error)) {
  let value = initial;
  /** @type {Set<{ watcher: (value: T) => void }>} */
  const watchers = new Set();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) {
        return;
      }
      value = next;
      for (const entry of [...watchers]) {
        try {
          entry.watcher(value);
        } catch (error) {
          failed(error);
        }
      }
    },
    subscribe(watcher) {
      const entry = { watcher };
      watcher(value);
      watchers.add(entry);
      return () => {
        watchers.delete(entry);
      };
    },
  };
}
