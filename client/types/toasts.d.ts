/**
 * @param {object} [options]
 * @param {number} [options.most] on screen at once (4)
 * @param {number} [options.burst] new ones within `windowMs` (5)
 * @param {number} [options.windowMs] (10 s)
 * @param {Partial<import('./environment.js').Environment>} [options.environment]
 */
export function createToasts({ most, burst, windowMs, environment }?: {
    most?: number | undefined;
    burst?: number | undefined;
    windowMs?: number | undefined;
    environment?: Partial<import("./environment.js").Environment> | undefined;
}): {
    /** The visible toasts, oldest first; an observable. */
    list: {
        get: () => readonly Toast[];
        subscribe: (watcher: (value: readonly Toast[]) => void) => () => void;
    };
    show: ({ level, text, durationMs, orderId, isEcho }: ToastRequest) => void;
    dismiss: (id: number) => void;
    /**
     * Shows the toasts of orders and notifications. Orders of other users make no toasts.
     * @param {import('./tidings.js').Tidings} tidings
     * @returns {() => void} stops it
     */
    follow(tidings: import("./tidings.js").Tidings): () => void;
};
/**
 * A short list of temporary messages that never floods the screen: a repeated text increases a count, an order's
 * event and the notification about it make one toast, and beyond a rate the rest becomes one line with their number.
 */
export type ToastRequest = import("./notifications.js").ToastRequest;
/**
 * A short list of temporary messages that never floods the screen: a repeated text increases a count, an order's
 * event and the notification about it make one toast, and beyond a rate the rest becomes one line with their number.
 */
export type Toast = {
    id: number;
    level: import("./notifications.js").Level;
    text: string;
    /**
     * number of occurrences
     */
    count: number;
    /**
     * when it disappears, in ms of a monotonic clock
     */
    until: number;
    /**
     * the order that it is about
     */
    orderId?: string | undefined;
    /**
     * a notification whose order's own toast may still arrive
     */
    isEcho?: boolean | undefined;
};
export type Toasts = ReturnType<typeof createToasts>;
