/**
 * Calls handlers by name. An exception or a rejected promise of a handler is reported and does not affect other handlers.
 */
/**
 * @param {(name: string, error: unknown) => void} failed
 */
export function createEmitter(failed: (name: string, error: unknown) => void): {
    /**
     * @param {string} name
     * @param {(...args: any[]) => unknown} handler
     * @returns {() => void} removes the handler
     */
    on(name: string, handler: (...args: any[]) => unknown): () => void;
    /** Whether a handler is registered. @param {string} name */
    has: (name: string) => boolean;
    /**
     * @param {string} name
     * @param {...any} args
     * @returns {boolean} whether no handler threw
     */
    emit(name: string, ...args: any[]): boolean;
};
