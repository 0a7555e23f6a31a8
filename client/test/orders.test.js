// Proves R-EV-6, R-OR-3, R-OR-4, R-OR-5.
import assert from 'node:assert/strict';
import test from 'node:test';
import { createOrders, createTidings, createToasts, notificationToast, orderCancelled, orderCreated, orderUpdated } from '../src/index.js';
import { createWorld, settle, tokenOf } from './support/world.js';

const NOW = '2026-02-07T12:00:00.000Z';

async function live(user = 'ada', role = 'user') {
  const lines = [];
  const world = createWorld({ script: (socket) => {
    socket.onsent = ({ type }) => type === 'auth' && socket.push({ type: 'connected', user_id: user, role, cursor: 'c0' });
    socket.open();
  } });
  const tidings = createTidings({
    socketUrl: 'ws://service/ws',
    pollUrl: null,
    token: () => tokenOf(user, role),
    environment: world.environment,
    log: (...line) => lines.push(line.join(' ')),
  });
  await settle();
  let n = 0;
  const push = (type, event) => world.service.socket.push({ type, event, id: `e${++n}`, source: 'backend', timestamp: NOW, cursor: `c${n}` });
  return { ...world, tidings, push, lines };
}

test('missing fields get their defaults', () => {
  assert.deepEqual(orderCreated({ orderId: 'o', buyerId: 'ada', totalAmount: 12.5 }, NOW), {
    orderId: 'o', buyerId: 'ada', totalAmount: 12.5, items: [], subtotal: 0, tax: 0, total: 12.5, status: 'pending', createdAt: NOW, updatedAt: NOW,
  });
  assert.equal(orderCreated({ orderId: 'o', total: 3, totalAmount: 4 }, NOW).total, 3);
  assert.deepEqual(orderCreated({}, NOW).items, []);
  const { status, updatedAt, message } = orderUpdated({ orderId: 'o' }, NOW);
  assert.deepEqual({ status, updatedAt, message }, { status: 'pending', updatedAt: NOW, message: 'Your order is pending' });
  const cancelled = orderCancelled({ orderId: 'o', cancelledAt: '2026-01-01T00:00:00.000Z' }, NOW);
  assert.equal(cancelled.updatedAt, cancelled.cancelledAt);
  assert.equal(cancelled.status, 'cancelled');
});

test('each kind of event has its callback, which gets the payload; and the lines of the log', async () => {
  const { tidings, push, lines } = await live();
  const calls = [];
  const end = tidings.subscribeToOrders({
    onCreated: ({ orderId }) => calls.push(['created', orderId]),
    onUpdated: ({ orderId, status }) => calls.push(['updated', orderId, status]),
    onCancelled: ({ orderId, reason }) => calls.push(['cancelled', orderId, reason]),
  });
  push('order:created', { orderId: 'o1', buyerId: 'ada' });
  push('order:updated', { orderId: 'o1', buyerId: 'ada', status: 'shipped', previousStatus: 'pending', message: 'Your order has been shipped' });
  push('order:cancelled', { orderId: 'o1', buyerId: 'ada', reason: 'too late' });
  end();
  push('order:created', { orderId: 'o2', buyerId: 'ada' });
  assert.deepEqual(calls, [['created', 'o1'], ['updated', 'o1', 'shipped'], ['cancelled', 'o1', 'too late']]);
  for (const line of ['[WebSocket] Order created: o1', '[WebSocket] Order updated: o1', '[WebSocket] Order cancelled: o1', '[EventSocket] ✅ Received event: order:created']) {
    assert.ok(lines.includes(line), line);
  }
});

test("a live list has the buyer's own orders, newest on top, whatever the order of events", async () => {
  const { tidings, push } = await live();
  const orders = createOrders(tidings);
  push('order:created', { orderId: 'o1', buyerId: 'ada', version: 1 });
  push('order:updated', { orderId: 'o2', buyerId: 'ada', status: 'shipped', version: 2 });
  push('order:created', { orderId: 'o2', buyerId: 'ada', version: 1 });
  push('order:created', { orderId: 'o3', buyerId: 'somebody else', version: 1 });
  push('order:cancelled', { orderId: 'o1', buyerId: 'ada', version: 2, cancelledAt: NOW });
  assert.deepEqual(orders.items.get().map(({ orderId, status, updatedAt }) => [orderId, status, updatedAt === NOW]), [['o2', 'shipped', false], ['o1', 'cancelled', true]]);
});

test("an administrator's list has everybody's orders, and no toasts", async () => {
  const { tidings, push } = await live('root', 'admin');
  const orders = createOrders(tidings, { scope: 'all', load: async () => [{ orderId: 'o0', buyerId: 'x', status: 'pending' }] });
  const toasts = createToasts();
  toasts.follow(tidings);
  await settle();
  push('order:created', { orderId: 'o1', buyerId: 'ada' });
  push('order:updated', { orderId: 'o0', buyerId: 'x', status: 'processing' });
  assert.deepEqual(orders.items.get().map(({ orderId, status }) => [orderId, status]), [['o1', 'pending'], ['o0', 'processing']]);
  assert.deepEqual(toasts.list.get(), []);
});

test('toasts say what happened to which order', async () => {
  const { tidings, push, environment } = await live();
  const toasts = createToasts({ environment });
  const end = toasts.follow(tidings);
  const orderId = '019a0f5c-2b7e-7cc0-9f6e-0d9a6f1c2b3a';
  push('order:created', { orderId, buyerId: 'ada' });
  push('order:updated', { orderId, buyerId: 'ada', status: 'shipped', message: 'Your order has been shipped' });
  push('order:cancelled', { orderId, buyerId: 'ada' });
  assert.deepEqual(toasts.list.get().map(({ level, text }) => [level, text]), [
    ['success', 'Order #6F1C2B3A created successfully!'],
    ['info', 'Order #6F1C2B3A - Your order has been shipped'],
    ['warning', 'Order #6F1C2B3A has been cancelled'],
  ]);
  end();
});

test("an order's event and the notification about it make one toast, whichever comes first", async () => {
  const { tidings, push, environment } = await live();
  const toasts = createToasts({ environment });
  toasts.follow(tidings);
  const texts = () => toasts.list.get().map(({ level, text }) => [level, text]);
  const told = (subjectId, message, priority) => push('notification', { id: `n ${message}`, type: 'order', priority, title: 'Order', message, subjectId });

  push('order:created', { orderId: 'order-0000-one', buyerId: 'ada' });
  told('order-0000-one', 'Your order has been received', 'normal');
  assert.deepEqual(texts(), [['success', 'Order #0000-ONE created successfully!']]);

  told('order-0000-two', 'Your order has been cancelled: too late', 'high');
  assert.deepEqual(texts()[1], ['warning', 'Your order has been cancelled: too late']);
  push('order:cancelled', { orderId: 'order-0000-two', buyerId: 'ada' });
  assert.deepEqual(texts().slice(1), [['warning', 'Order #0000-TWO has been cancelled']]);

  told(undefined, 'Your order is late', 'normal');
  assert.deepEqual(texts()[2], ['info', 'Your order is late']);
});

test('a notification becomes a toast by its type and priority', () => {
  const toast = (fields) => notificationToast({ id: 'n', ...fields });
  assert.deepEqual(toast({ type: 'order', priority: 'high', message: 'm' }), { level: 'warning', text: 'm', durationMs: 5_000 });
  assert.deepEqual(toast({ type: 'order', priority: 'low', message: 'm' }), { level: 'info', text: 'm' });
  for (const type of ['error', 'warning', 'success']) {
    assert.deepEqual(toast({ type, title: 't' }), { level: type, text: 't' });
  }
  for (const type of ['reminder', undefined, '__proto__']) {
    assert.deepEqual(toast({ type, message: '', title: '' }), { level: 'info', text: 'New notification' });
  }
});

test('toasts never flood: the same text counts up, and the rest becomes one line', async () => {
  const { environment, clock } = createWorld();
  const toasts = createToasts({ environment, most: 10, burst: 3 });
  const texts = () => toasts.list.get().map(({ text, count }) => `${text} ×${count}`);
  toasts.show({ level: 'info', text: 'same' });
  toasts.show({ level: 'info', text: 'same' });
  ['b', 'c', 'd', 'e'].forEach((text) => toasts.show({ level: 'info', text }));
  assert.deepEqual(texts(), ['same ×2', 'b ×1', 'c ×1', '2 more updates ×2']);
  toasts.dismiss(toasts.list.get()[0].id);
  await clock.advance(4_000);
  assert.deepEqual(texts(), []);
  await clock.advance(7_000);
  toasts.show({ level: 'info', text: 'again' });
  assert.deepEqual(texts(), ['again ×1']);
});

test('each order event is one line of the log, however many parts of the page listen', async () => {
  const lines = [];
  const world = createWorld();
  const tidings = createTidings({ socketUrl: 'ws://service/ws', pollUrl: null, token: () => tokenOf('ada'), environment: world.environment, log: (...line) => lines.push(line.join(' ')) });
  createOrders(tidings);
  createOrders(tidings, { scope: 'all', name: 'all' });
  createToasts({ environment: world.environment }).follow(tidings);
  await settle();
  ['created', 'updated', 'cancelled'].forEach((kind, n) =>
    world.service.socket.push({ type: `order:${kind}`, event: { orderId: 'o1', buyerId: 'ada' }, id: `x${n}`, source: 'backend', cursor: `c${n}` }),
  );
  const expected = ['[WebSocket] Order created: o1', '[WebSocket] Order updated: o1', '[WebSocket] Order cancelled: o1'];
  assert.deepEqual(lines.filter((line) => line.startsWith('[WebSocket] Order')), expected);
});
