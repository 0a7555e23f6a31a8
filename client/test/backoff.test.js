// Proves R-EV-4.
import assert from 'node:assert/strict';
import test from 'node:test';
import { LONGEST_HINT, retryDelay } from '../src/backoff.js';

test('the first retry may come at any moment under its ceiling', () => {
  assert.equal(retryDelay({ advice: 'reconnect', attempt: 0, dice: 0 }), 0);
  assert.equal(retryDelay({ advice: 'reconnect', attempt: 0, dice: 0.999 }), 999);
});

test('ceilings double up to the most, and a fifth of them is waited at least', () => {
  const bounds = [1, 2, 3, 4, 5, 50].map((attempt) =>
    [0, 0.9999999].map((dice) => retryDelay({ advice: 'reconnect', attempt, dice })),
  );
  assert.deepEqual(bounds, [[400, 2000], [800, 4000], [1600, 8000], [3200, 16000], [6000, 30000], [6000, 30000]]);
});

test('an overloaded service is given more time than one that restarts', () => {
  assert.equal(retryDelay({ advice: 'back-off', attempt: 10, dice: 0.9999999 }), 60_000);
});

test('a new token is used at once, but only the first time', () => {
  assert.equal(retryDelay({ advice: 'new-token', attempt: 0, dice: 0.9 }), 0);
  assert.ok(retryDelay({ advice: 'new-token', attempt: 1, dice: 0 }) >= 400);
});

test("the server's hint is kept, spread by dice, and cannot send a client away for ever", () => {
  assert.equal(retryDelay({ advice: 'reconnect', attempt: 0, dice: 0.5, hintMs: 2500 }), 2625);
  assert.equal(retryDelay({ advice: 'new-token', attempt: 0, dice: 0, hintMs: 2500 }), 2500);
  assert.equal(retryDelay({ advice: 'reconnect', attempt: 0, dice: 0.5, hintMs: 1e12 }), LONGEST_HINT * 1.05);
  for (const hintMs of [-1, NaN, Infinity]) {
    assert.equal(retryDelay({ advice: 'reconnect', attempt: 0, dice: 0.5, hintMs }), 500);
  }
});
