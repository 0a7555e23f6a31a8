import assert from 'node:assert/strict';
import test from 'node:test';
import { act, createElement } from 'react';
import { create } from 'react-test-renderer';
import { createTidings } from '../src/index.js';
import { TidingsProvider, useOrders, useTidings, useTidingsEvent } from '../src/react.js';
import { createWorld, settle, taskMessage, tokenOf } from './support/world.js';

globalThis.IS_REACT_ACT_ENVIRONMENT = true;

test('hooks show the status, hear events, and keep a list of orders while they are mounted', async () => {
  const world = createWorld();
  const tidings = createTidings({ socketUrl: 'ws://service/ws', pollUrl: null, token: () => tokenOf('ada'), environment: world.environment });
  const seen = [];
  function Page() {
    const { status } = useTidings();
    const { orders } = useOrders({ load: async () => [{ orderId: 'o1', buyerId: 'ada', status: 'pending' }] });
    useTidingsEvent('task_update', ({ title }) => seen.push(`${status.state}: ${title}`));
    return createElement('p', null, `${status.state} ${orders.map(({ orderId, status: state }) => `${orderId} ${state}`).join(', ')}`);
  }
  let tree;
  await act(async () => {
    tree = create(createElement(TidingsProvider, { tidings }, createElement(Page)));
    await settle();
  });
  assert.equal(tree.root.findByType('p').children.join(''), 'live o1 pending');

  await act(async () => {
    world.service.socket.push(taskMessage(1));
    world.service.socket.push({ type: 'order:updated', event: { orderId: 'o1', buyerId: 'ada', status: 'shipped' }, id: 'x', source: 'backend', cursor: 'c2' });
    await settle();
  });
  assert.deepEqual(seen, ['live: Task 1']);
  assert.equal(tree.root.findByType('p').children.join(''), 'live o1 shipped');

  await act(async () => tree.unmount());
  world.service.socket.push(taskMessage(3));
  assert.equal(seen.length, 1);
});

test('a hook outside of the provider says what is missing', async () => {
  const errors = [];
  const original = console.error;
  console.error = () => {};
  try {
    await act(async () => create(createElement(() => useTidings().status.state)));
  } catch (error) {
    errors.push(error.message);
  } finally {
    console.error = original;
  }
  assert.match(errors[0], /TidingsProvider/);
});
