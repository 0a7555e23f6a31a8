/**
 * `@tidings/client`: live updates that survive bad networks. FRONTEND_INTEGRATION.md is the guide.
 */

export { createTidings } from './tidings.js';
export { createOrders, orderCancelled, orderCreated, orderUpdated, shortOrderId, subscribeToOrders } from './orders.js';
export { createLearning, LEARNING_EVENTS } from './learning.js';
export { createCollection } from './collection.js';
export { createToasts } from './toasts.js';
export { notificationToast, orderCancelledToast, orderCreatedToast, orderUpdatedToast } from './notifications.js';
export { CLOSE_CODES, adviceFor } from './close-codes.js';
export { retryAfterMs } from './backoff.js';
export { observable } from './observable.js';
export { isUserId } from './user-id.js';
