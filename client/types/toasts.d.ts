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
    /** What is on screen, oldest first; an observable. */
    list: {
        get: () => readonly Toast[];
        subscribe: (watcher: (value: readonly Toast[]) => void) => () => void;
    };
    show: ({ level, text, durationMs, orderId, isEcho }: ToastRequest) => void;
    dismiss: (id: number) => void;
    /**
     * Shows the toasts of orders and notifications. A role that sees other people's orders gets none of those.
     * @param {import('./tidings.js').Tidings} tidings
     * @returns {() => void} ends it
     */
    follow(tidings: import("./tidings.js").Tidings): () => void;
};
/**
 * A short list of messages that come and go, and never flood the screen: the same text again only counts up, an order's
 * event and the notification about it make one, and above a rate the rest becomes one line that says how many there were.
 */
export type ToastRequest = import("./notifications.js").ToastRequest;
/**
 * A short list of messages that come and go, and never flood the screen: the same text again only counts up, an order's
 * event and the notification about it make one, and above a rate the rest becomes one line that says how many there were.
 */
export type Toast = {
    id: number;
    level: import("./notifications.js").Level;
    text: string;
    /**
     * how often it came
     */
    count: number;
    /**
     * when it goes, in ms of the toasts' own clock, which never goes back
     */
    until: number;
    /**
     * the order that it is about
     */
    orderId?: string | undefined;
    /**
     * a notification whose order's own toast may still come
     */
    isEcho?: boolean | undefined;
};
export type Toasts = ReturnType<typeof createToasts>;
