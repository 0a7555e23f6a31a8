// Proves R-EV-3.
import assert from 'node:assert/strict';
import test from 'node:test';
import { WebSocket } from 'ws';
import { MOST_ATTEMPTS_PER_MINUTE } from '../src/backoff.js';
import { createTidings } from '../src/tidings.js';
import { seededDice, startMisbehavingServer } from './support/misbehaving-server.js';

/** The client's minutes pass this much faster than ours. */
const FASTER = 100;

/** Real sockets, and a clock of the client that runs ahead. */
function hurried(dice) {
  const start = Date.now();
  return {
    WebSocket,
    now: () => start + (Date.now() - start) * FASTER,
    setTimeout: (task, ms) => setTimeout(task, ms / FASTER),
    clearTimeout,
    random: dice,
  };
}

async function until(condition, what) {
  const deadline = Date.now() + 30_000;
  while (!condition()) {
    assert.ok(Date.now() < deadline, what());
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const given = process.env.TIDINGS_TEST_SEED;
const seeds = given ? [Number(given)] : [1, 2, 3, Date.now() % 1_000_000];

for (const seed of seeds) {
  test(`whatever the service does, each event is applied once, and the screen is right at the end (seed ${seed})`, async (t) => {
    const dice = seededDice(seed + 1);
    const server = await startMisbehavingServer(seed);
    const failures = [];
    const environment = { ...hurried(dice), reportError: (error) => failures.push(error) };
    const began = environment.now();
    const tidings = createTidings({ socketUrl: server.url, token: () => 'a.token.x', environment });
    t.after(async () => {
      tidings.close();
      await server.close();
    });
    const applied = new Map();
    const screen = new Map();
    tidings.on('task_update', (task, { id }) => {
      applied.set(id, (applied.get(id) ?? 0) + 1);
      screen.set(task.task_id, task.version);
    });
    await new Promise((resolve) => tidings.on('refresh', ({ reason }) => reason === 'start' && resolve()));

    const versions = new Map();
    for (let n = 0; n < 300; n++) {
      const taskId = `t${Math.floor(dice() * 20)}`;
      versions.set(taskId, (versions.get(taskId) ?? 0) + 1);
      server.append({ event_type: 'task.updated', user_id: 'ada', task_id: taskId, title: 'x', version: versions.get(taskId) });
      if (n % 10 === 0) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    server.behave();
    const { received } = tidings.analytics();
    const right = () => [...versions].every(([id, version]) => screen.get(id) === version);
    await until(right, () => `seed ${seed}: ${JSON.stringify(tidings.status.get())} ${received} received`);

    assert.deepEqual([...screen].sort(), [...versions].sort());
    assert.ok([...applied.values()].every((times) => times === 1));
    const { applied: count, duplicates, stale, failed, gaps } = tidings.analytics();
    assert.equal(count + stale, 300, `${count} applied, ${stale} stale, ${duplicates} duplicates, ${gaps} gaps`);
    assert.equal(failed, 0);
    assert.deepEqual(failures, []);
    const minutes = Math.max(1, (environment.now() - began) / 60_000);
    assert.ok(server.connections.length <= MOST_ATTEMPTS_PER_MINUTE * Math.ceil(minutes), `${server.connections.length} in ${minutes} min`);
  });
}
