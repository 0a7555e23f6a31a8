/**
 * How a notification, or an order's event, is shown as a toast (R-OR-3, R-OR-4). Pure functions.
 *
 * @typedef {object} Notification
 * @property {string} id
 * @property {string} [type] `order`, `error`, `warning`, `success`, …
 * @property {string} [priority] `high`, …
 * @property {string} [title]
 * @property {string} [message]
 *
 * @typedef {'info' | 'success' | 'warning' | 'error'} Level
 *
 * @typedef {object} ToastRequest
 * @property {Level} level
 * @property {string} text
 * @property {number} [durationMs]
 */

import { shortOrderId } from './orders.js';

const NAMED = ['error', 'warning', 'success'];

/** @param {Notification} notification @returns {ToastRequest} */
export function notificationToast({ type = '', priority, title, message }) {
  const text = message || title || 'New notification';
  if (type === 'order') {
    return priority === 'high' ? { level: 'warning', text, durationMs: 5_000 } : { level: 'info', text };
  }
  return { level: NAMED.includes(type) ? /** @type {Level} */ (type) : 'info', text };
}

/** @param {{ orderId: string }} order @returns {ToastRequest} */
export function orderCreatedToast({ orderId }) {
  return { level: 'success', text: `Order #${shortOrderId(orderId)} created successfully!` };
}

/** @param {{ orderId: string, message: string }} change @returns {ToastRequest} */
export function orderUpdatedToast({ orderId, message }) {
  return { level: 'info', text: `Order #${shortOrderId(orderId)} - ${message}` };
}

/** @param {{ orderId: string }} cancellation @returns {ToastRequest} */
export function orderCancelledToast({ orderId }) {
  return { level: 'warning', text: `Order #${shortOrderId(orderId)} has been cancelled` };
}
