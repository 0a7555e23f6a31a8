import assert from 'node:assert/strict';
import test from 'node:test';
import { ANSWER_WITHIN, ANSWER_WITHIN_WHEN_WATCHED, ASK_AFTER, heard, probe, tick } from '../src/liveness.js';

test('silence is asked about, and without an answer it is death', () => {
  let { liveness, verdict } = tick(heard(0), ASK_AFTER - 1);
  assert.equal(verdict, 'fine');
  ({ liveness, verdict } = tick(liveness, ASK_AFTER));
  assert.equal(verdict, 'ask');
  assert.equal(tick(liveness, ASK_AFTER + ANSWER_WITHIN).verdict, 'dead');
});

test('anything that comes is an answer', () => {
  const { liveness } = tick(heard(0), ASK_AFTER);
  assert.notEqual(liveness.askedAt, null);
  assert.equal(tick(heard(ASK_AFTER + 5), ASK_AFTER + ANSWER_WITHIN).verdict, 'fine');
});

test('after a sleep the other side gets a chance before it is called dead', () => {
  const asked = tick(heard(0), ASK_AFTER).liveness;
  const hour = 3_600_000;
  const woken = tick(asked, hour);
  assert.equal(woken.verdict, 'ask');
  assert.equal(tick(woken.liveness, hour + ANSWER_WITHIN).verdict, 'dead');
});

test("a background tab, whose timers come once a minute, finds the dead peer, too", () => {
  let liveness = heard(0);
  const verdicts = [60_000, 120_000, 180_000].map((now) => {
    const step = tick(liveness, now);
    liveness = step.liveness;
    return step.verdict;
  });
  assert.deepEqual(verdicts, ['ask', 'ask', 'dead']);
});

test('somebody who looks at the tab waits less', () => {
  const probed = probe(heard(0), 100);
  assert.equal(tick(probed, 100 + ANSWER_WITHIN_WHEN_WATCHED).verdict, 'dead');
});
