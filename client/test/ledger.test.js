import assert from 'node:assert/strict';
import test from 'node:test';
import { createLedger } from '../src/ledger.js';
import { taskMessage } from './support/world.js';

test('an event has its effect once, known by source and id', () => {
  const ledger = createLedger();
  assert.equal(ledger.judge(taskMessage(1)), 'fresh');
  assert.equal(ledger.judge(taskMessage(1)), 'duplicate');
  assert.equal(ledger.judge({ ...taskMessage(1), source: 'another', event: {} }), 'fresh');
});

test('an older version of an entity never comes over a newer one', () => {
  const ledger = createLedger();
  const versions = [2, 1, 3, 3].map((version, i) => ({ ...taskMessage(i, { task_id: 't', version }) }));
  assert.deepEqual(versions.map((message) => ledger.judge(message)), ['fresh', 'stale', 'fresh', 'stale']);
});

test('a late order:created is taken, since it alone carries the order', () => {
  const ledger = createLedger();
  const order = (type, id, version) => ({ type, id, source: 'backend', event: { orderId: 'o', version } });
  assert.equal(ledger.judge(order('order:updated', '2', 2)), 'fresh');
  assert.equal(ledger.judge(order('order:created', '1', 1)), 'fresh');
  assert.equal(ledger.judge(order('order:updated', '3', 1)), 'stale');
});

test('it remembers across pages, and forgets the oldest first', () => {
  const ledger = createLedger({ capacity: 3 });
  [1, 2, 3, 4].forEach((n) => ledger.judge(taskMessage(n)));
  assert.equal(ledger.judge(taskMessage(4)), 'duplicate');
  assert.equal(ledger.judge({ ...taskMessage(1), event: {} }), 'fresh');
  const next = createLedger({ seen: ledger.seen(10) });
  assert.equal(next.judge(taskMessage(4)), 'duplicate');
});

test('a version counts the changes of one entity: other entities that name it have versions of their own', () => {
  const ledger = createLedger();
  let n = 0;
  const judge = (type, event) => ledger.judge({ type, event, id: `x${++n}`, source: 'any', timestamp: 'now', cursor: `c${n}` });
  assert.equal(judge('invoice', { orderId: 'o1', version: 9 }), 'fresh');
  assert.equal(judge('order:refund', { orderId: 'o1', version: 9 }), 'fresh');
  assert.equal(judge('task_update', { event_type: 'task.comment', task_id: 'o1', orderId: 'o1', version: 9 }), 'fresh');
  assert.equal(judge('order:updated', { orderId: 'o1', version: 3 }), 'fresh');
  assert.equal(judge('order:updated', { orderId: 'o1', version: 2 }), 'stale');
  assert.equal(judge('shipment', { orderId: 'o1', version: 1 }), 'fresh');
  assert.equal(judge('shipment', { orderId: 'o1', version: 1 }), 'fresh');
  assert.equal(judge('task_update', { event_type: 'task.updated', task_id: 'o1', version: 1 }), 'fresh');
  assert.equal(judge('task_update', { event_type: 'task.updated', task_id: 'o1', orderId: 'o2', version: 1 }), 'stale');
});
