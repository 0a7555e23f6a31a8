/**
 * Calls handlers by name. An exception or a rejected promise of a handler is reported and does not affect other handlers.
 */

/**
 * @param {(name: string, error: unknown) => void} failed
 */
export function createEmitter(failed) {
  /** @type {Map<string, Set<{ handler: (...args: any[]) => unknown }>>} */
  const handlers = new Map();
  return {
    /**
     * @param {string} name
     * @param {(...args: any[]) => unknown} handler
     * @returns {() => void} removes the handler
     */
    on(name, handler) {
      if (typeof handler !== 'function') {
        throw new TypeError(`a handler of '${name}' is a function, and this is ${typeof handler}`);
      }
      const entry = { handler };
      const entries = handlers.get(name) ?? new Set();
      handlers.set(name, entries.add(entry));
      return () => {
        entries.delete(entry);
      };
    },

    /** Whether a handler is registered. @param {string} name */
    has: (name) => (handlers.get(name)?.size ?? 0) > 0,

    /**
     * @param {string} name
     * @param {...any} args
     * @returns {boolean} whether no handler threw
     */
    emit(name, ...args) {
      let good = true;
      for (const { handler } of [...(handlers.get(name) ?? [])]) {
        try {
          const result = handler(...args);
          if (result instanceof Promise) {
            result.catch((error) => failed(name, error));
          }
        } catch (error) {
          good = false;
          failed(name, error);
        }
      }
      return good;
    },
  };
}
