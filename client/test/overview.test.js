import assert from 'node:assert/strict';
import test from 'node:test';
import { chartsOf, hasHole, verdict, withPoint, worst } from '../pages/views/console/overview-model.js';

const hour = {
  stepMillis: 10_000,
  lines: [{ chart: 'Events', name: 'published', unit: '/s' }, { chart: 'Lag', name: 'log', unit: 'ms' }, { chart: 'Events', name: 'logged', unit: '/s' }],
  points: [{ slot: 10, values: [1, 20, 2] }, { slot: 12, values: [3, null, 4] }],
};

test('lines of one chart are drawn together, and a missing step is a gap', () => {
  assert.deepEqual(
    chartsOf(hour).map(({ title, lines, data }) => ({ title, names: lines.map(({ name }) => name), data })),
    [
      { title: 'Events', names: ['published', 'logged'], data: [[100, 110, 120], [1, null, 3], [2, null, 4]] },
      { title: 'Lag', names: ['log'], data: [[100, 110, 120], [20, null, null]] },
    ],
  );
});

test('an hour without points has empty charts', () => {
  assert.deepEqual(chartsOf({ ...hour, points: [] })[0]?.data, [[], [], []]);
});

test('a snapshot adds a point once, and the hour stays an hour', () => {
  const more = withPoint(hour, { slot: 13, values: [5, 6, 7] });
  assert.equal(more.points.length, 3);
  assert.equal(withPoint(more, { slot: 13, values: [8, 8, 8] }), more);
  assert.equal(withPoint(more, { slot: 12, values: [8, 8, 8] }), more);
  assert.equal(withPoint(more, { slot: 14, values: [null, null, null] }), more);
  assert.deepEqual(withPoint(more, { slot: 371, values: [1, 1, 1] }).points.map(({ slot }) => slot), [12, 13, 371]);
});

test('after a pause the hour is asked for again', () => {
  assert.equal(hasHole(hour, { slot: 14, values: [1, 1, 1] }), false);
  assert.equal(hasHole(hour, { slot: 15, values: [1, 1, 1] }), true);
  assert.equal(hasHole({ ...hour, points: [] }, { slot: 15, values: [1, 1, 1] }), false);
});

test('the verdict names what is wrong, and says so when nothing is', () => {
  const node = (title, state) => ({ title, state });
  assert.equal(worst([node('backend', 'ok')]), 'ok');
  assert.match(verdict([node('backend', 'ok')]), /no step is beyond its limit/);
  const nodes = [node('backend', 'critical'), node('Screens', 'ok'), node('Dead letters', 'warning')];
  assert.equal(worst(nodes), 'critical');
  assert.equal(verdict(nodes), '1 critical, 1 warning: backend, Dead letters.');
});
