/** @param {Notification} notification @returns {ToastRequest} */
export function notificationToast({ type, priority, title, message, subjectId }: Notification): ToastRequest;
/** @param {{ orderId: string }} order @returns {ToastRequest} */
export function orderCreatedToast({ orderId }: {
    orderId: string;
}): ToastRequest;
/** @param {{ orderId: string, message: string }} change @returns {ToastRequest} */
export function orderUpdatedToast({ orderId, message }: {
    orderId: string;
    message: string;
}): ToastRequest;
/** @param {{ orderId: string }} cancellation @returns {ToastRequest} */
export function orderCancelledToast({ orderId }: {
    orderId: string;
}): ToastRequest;
/**
 * Converts notifications and order events into toasts (R-OR-3, R-OR-4). Pure functions.
 */
export type Notification = {
    id: string;
    /**
     * `order`, `error`, `warning`, `success`, …
     */
    type?: string | undefined;
    /**
     * `high`, …
     */
    priority?: string | undefined;
    title?: string | undefined;
    message?: string | undefined;
    /**
     * the order or task that it is about
     */
    subjectId?: string | undefined;
};
/**
 * Converts notifications and order events into toasts (R-OR-3, R-OR-4). Pure functions.
 */
export type Level = "info" | "success" | "warning" | "error";
/**
 * Converts notifications and order events into toasts (R-OR-3, R-OR-4). Pure functions.
 */
export type ToastRequest = {
    level: Level;
    text: string;
    durationMs?: number | undefined;
    /**
     * the order that it is about
     */
    orderId?: string | undefined;
    /**
     * repeats the content of the order's own toast, which is preferred
     */
    isEcho?: boolean | undefined;
};
