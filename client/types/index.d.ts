export { createTidings } from "./tidings.js";
export { createCollection } from "./collection.js";
export { createToasts } from "./toasts.js";
export { observable } from "./observable.js";
export { isUserId } from "./user-id.js";
export { createOrders, orderCancelled, orderCreated, orderUpdated, shortOrderId, subscribeToOrders } from "./orders.js";
export { createLearning, LEARNING_EVENTS } from "./learning.js";
export { notificationToast, orderCancelledToast, orderCreatedToast, orderUpdatedToast } from "./notifications.js";
export { CLOSE_CODES, adviceFor } from "./close-codes.js";
