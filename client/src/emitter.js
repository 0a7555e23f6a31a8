/**
 * Calls handlers by name. One that throws, or whose promise fails, harms no other and is reported; the stream of events
 * goes on.
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
     * @returns {() => void} takes it off again
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

    /** Whether anybody listens. @param {string} name */
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
