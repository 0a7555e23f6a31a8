/**
 * Calls handlers by name. One that throws, or whose promise fails, harms no other and is reported; the stream of events
 * goes on.
 */
/**
 * @param {(name: string, error: unknown) => void} failed
 */
export function createEmitter(failed: (name: string, error: unknown) => void): {
    /**
     * @param {string} name
     * @param {(...args: any[]) => unknown} handler
     * @returns {() => void} takes it off again
     */
    on(name: string, handler: (...args: any[]) => unknown): () => void;
    /** Whether anybody listens. @param {string} name */
    has: (name: string) => boolean;
    /**
     * @param {string} name
     * @param {...any} args
     * @returns {boolean} whether no handler threw
     */
    emit(name: string, ...args: any[]): boolean;
};
