/**
 * A short list of temporary messages that never floods the screen: a repeated text increases a count, an order's
 * event and the notification about it make one toast, and beyond a rate the rest becomes one line with their number.
 *
 * @typedef {import('./notifications.js').ToastRequest} ToastRequest
 *
 * @typedef {object} Toast
 * @property {number} id
 * @property {import('./notifications.js').Level} level
 * @property {string} text
 * @property {number} count number of occurrences
 * @property {number} until when it disappears, in ms of a monotonic clock
 * @property {string} [orderId] the order that it is about
 * @property {boolean} [isEcho] a notification whose order's own toast may still arrive
 */

import { environment as surroundings } from './environment.js';
import { notificationToast, orderCancelledToast, orderCreatedToast, orderUpdatedToast } from './notifications.js';
import { observable } from './observable.js';

const DURATION = 4_000;

/**
 * @param {object} [options]
 * @param {number} [options.most] on screen at once (4)
 * @param {number} [options.burst] new ones within `windowMs` (5)
 * @param {number} [options.windowMs] (10 s)
 * @param {Partial<import('./environment.js').Environment>} [options.environment]
 */
export function createToasts({ most = 4, burst = 5, windowMs = 10_000, environment } = {}) {
  const env = surroundings(environment);
  const list = observable(/** @type {readonly Toast[]} */ ([]));
  /** When the latest toasts appeared. @type {number[]} */
  let shown = [];
  let nextId = 1;
  /** The line that stands for those above the rate. @type {number | null} */
  let surplusId = null;
  /** @type {any} */
  let timer = null;

  return {
    /** The visible toasts, oldest first; an observable. */
    list: { get: list.get, subscribe: list.subscribe },
    show,
    dismiss,

    /**
     * Shows the toasts of orders and notifications. Orders of other users make no toasts.
     * @param {import('./tidings.js').Tidings} tidings
     * @returns {() => void} stops it
     */
    follow(tidings) {
      const mine = (/** @type {{ buyerId?: string }} */ { buyerId }) => {
        const { userId, role } = tidings.identity();
        return buyerId === undefined ? role !== 'admin' : buyerId === userId;
      };
      const ends = [
        tidings.subscribeToOrders({
          onCreated: (order) => mine(order) && show(orderCreatedToast(order)),
          onUpdated: (change) => mine(change) && show(orderUpdatedToast(change)),
          onCancelled: (cancellation) => mine(cancellation) && show(orderCancelledToast(cancellation)),
        }),
        tidings.on('notification', (notification) => show(notificationToast(notification))),
      ];
      return () => ends.forEach((end) => end());
    },
  };

  /** @param {ToastRequest} toast */
  function show({ level, text, durationMs = DURATION, orderId, isEcho = false }) {
    const now = env.steady();
    const until = now + durationMs;
    const other = orderId === undefined ? undefined : list.get().find((toast) => toast.orderId === orderId && toast.isEcho !== isEcho);
    if (other) {
      replace({ ...other, ...(isEcho ? {} : { level, text, isEcho }), until: Math.max(until, other.until) });
      return;
    }
    const same = list.get().find((other) => other.level === level && other.text === text);
    if (same) {
      replace({ ...same, count: same.count + 1, until });
      return;
    }
    shown = shown.filter((time) => time > now - windowMs);
    if (shown.length >= burst) {
      showSurplus(until);
      return;
    }
    shown.push(now);
    add({ id: nextId++, level, text, count: 1, until, ...(orderId === undefined ? {} : { orderId, isEcho }) });
  }

  /** @param {number} until */
  function showSurplus(until) {
    const line = list.get().find(({ id }) => id === surplusId);
    const count = (line?.count ?? 0) + 1;
    const text = count === 1 ? '1 more update' : `${count} more updates`;
    if (line) {
      replace({ ...line, count, text, until });
    } else {
      surplusId = nextId++;
      add({ id: surplusId, level: 'info', text, count, until });
    }
  }

  /** @param {Toast} toast */
  function add(toast) {
    set([...list.get(), toast].slice(-most));
  }

  /** @param {Toast} toast */
  function replace(toast) {
    set(list.get().map((other) => (other.id === toast.id ? toast : other)));
  }

  /** @param {number} id */
  function dismiss(id) {
    set(list.get().filter((toast) => toast.id !== id));
  }

  /** @param {readonly Toast[]} toasts */
  function set(toasts) {
    list.set(toasts);
    env.clearTimeout(timer);
    const next = Math.min(...toasts.map(({ until }) => until));
    if (Number.isFinite(next)) {
      timer = env.setTimeout(() => set(list.get().filter(({ until }) => until > env.steady())), Math.max(0, next - env.steady()));
    }
  }
}

/** @typedef {ReturnType<typeof createToasts>} Toasts */
