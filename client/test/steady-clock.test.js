// Proves R-RL-4.
import assert from 'node:assert/strict';
import test from 'node:test';
import { createSteadyClock } from '../src/steady-clock.js';

function clocks() {
  const hands = { wall: 1_000_000, running: 0 };
  const clock = createSteadyClock(() => hands.wall, () => hands.running);
  const pass = (ms) => ((hands.wall += ms), (hands.running += ms));
  return { hands, clock, pass };
}

test('a wall clock that is set back takes no time away', () => {
  const { hands, clock, pass } = clocks();
  const start = clock.now();
  pass(1_000);
  assert.equal(clock.now() - start, 1_000);
  hands.wall -= 7_200_000;
  assert.equal(clock.now() - start, 1_000);
  pass(500);
  assert.equal(clock.now() - start, 1_500);
});

test('a sleep counts, although the running clock stands still in it', () => {
  const { hands, clock } = clocks();
  const start = clock.now();
  hands.wall += 3_600_000;
  assert.equal(clock.now() - start, 3_600_000);
});

test('with one clock, or with none, it goes on', () => {
  const { hands, clock } = clocks();
  const start = clock.now();
  hands.running = undefined;
  hands.wall += 10;
  assert.equal(clock.now() - start, 10);
  hands.wall = undefined;
  assert.equal(clock.now() - start, 10);
  clock.isAtLeast(start + 5_000);
  assert.equal(clock.now() - start, 5_000);
});

test('a timer that fired proves its time, and cannot turn time back', () => {
  const { clock } = clocks();
  const start = clock.now();
  clock.isAtLeast(start + 3_000);
  clock.isAtLeast(start + 2_000);
  assert.equal(clock.now(), start + 3_000);
});

test('a clock from before 1970 does not make deadlines unreachable', () => {
  assert.equal(createSteadyClock(() => -5e12, () => undefined).now(), 0);
});
