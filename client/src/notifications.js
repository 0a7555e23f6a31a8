/**
 * Converts notifications and order events into toasts (R-OR-3, R-OR-4). Pure functions.
 *
 * @typedef {object} Notification
 * @property {string} id
 * @property {string} [type] `order`, `error`, `warning`, `success`, …
 * @property {string} [priority] `high`, …
 * @property {string} [title]
 * @property {string} [message]
 * @property {string} [subjectId] the order or task that it is about
 *
 * @typedef {'info' | 'success' | 'warning' | 'error'} Level
 *
 * @typedef {object} ToastRequest
 * @property {Level} level
 * @property {string} text
 * @property {number} [durationMs]
 * @property {string} [orderId] the order that it is about
 * @property {boolean} [isEcho] repeats the content of the order's own toast, which is preferred
 */

import { shortOrderId } from './orders.js';

const NAMED = ['error', 'warning', 'success'];

/** @param {Notification} notification @returns {ToastRequest} */
export function notificationToast({ type = '', priority, title, message, subjectId }) {
  const text = message || title || 'New notification';
  if (type === 'order') {
    const order = subjectId ? { orderId: subjectId, isEcho: true } : {};
    return priority === 'high' ? { level: 'warning', text, durationMs: 5_000, ...order } : { level: 'info', text, ...order };
  }
  return { level: NAMED.includes(type) ? /** @type {Level} */ (type) : 'info', text };
}

/** @param {{ orderId: string }} order @returns {ToastRequest} */
export function orderCreatedToast({ orderId }) {
  return { level: 'success', text: `Order #${shortOrderId(orderId)} created successfully!`, orderId };
}

/** @param {{ orderId: string, message: string }} change @returns {ToastRequest} */
export function orderUpdatedToast({ orderId, message }) {
  return { level: 'info', text: `Order #${shortOrderId(orderId)} - ${message}`, orderId };
}

/** @param {{ orderId: string }} cancellation @returns {ToastRequest} */
export function orderCancelledToast({ orderId }) {
  return { level: 'warning', text: `Order #${shortOrderId(orderId)} has been cancelled`, orderId };
}
