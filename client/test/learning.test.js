// Proves R-EV-6, R-PF-7, R-PF-16.
import assert from 'node:assert/strict';
import test from 'node:test';
import { createLearning, createTidings, LEARNING_EVENTS } from '../src/index.js';
import { createWorld, settle, tokenOf } from './support/world.js';

async function student(answer) {
  const lines = [];
  const world = createWorld();
  const tidings = createTidings({ socketUrl: 'ws://service/ws', pollUrl: null, token: () => tokenOf('ada', 'student'), environment: world.environment, log: (...line) => lines.push(line.join(' ')) });
  const requests = [];
  const fetch = async (url) => {
    requests.push(url.replace('http://backend', ''));
    return answer(url);
  };
  const learning = createLearning(tidings, { apiUrl: 'http://backend', token: () => 'x', studentId: 'ada', fetch, environment: world.environment });
  await settle();
  let n = 0;
  const push = (type) => world.service.socket.push({ type: 'business-event', event: { type, studentId: 'ada', timestamp: 1 }, id: `e${++n}`, source: 'backend', cursor: `c${n}` });
  return { ...world, tidings, learning, requests, push, lines };
}

const json = (body, status = 200) => new Response(JSON.stringify(body), { status });

test("each of the flow's events fetches home and learning anew, past the cache", async () => {
  let sessions = 0;
  const { learning, requests, push, lines } = await student((url) => json(url.includes('home') ? { upcomingSessions: [++sessions] } : { courses: [] }));
  assert.deepEqual(requests, ['/api/v1/students/ada/home', '/api/v1/students/ada/learning']);
  for (const type of LEARNING_EVENTS) {
    requests.length = 0;
    push(type);
    await settle();
    assert.deepEqual(requests, ['/api/v1/students/ada/home?force=true', '/api/v1/students/ada/learning?force=true'], type);
    assert.ok(lines.includes(`[Store] Handling event (order-safe): ${type}`));
  }
  assert.deepEqual(learning.screen.get().home.upcomingSessions, [6]);
  assert.ok(lines.some((line) => line.startsWith('[EventSocket] Routing to ')));
  requests.length = 0;
  push('PURCHASE_CONFIRMED');
  await settle();
  assert.deepEqual(requests, []);
});

test('a burst of events fetches once more after what is under way, not once per event', async () => {
  const { requests, push } = await student(() => json({ upcomingSessions: [1] }));
  requests.length = 0;
  LEARNING_EVENTS.forEach(push);
  await settle();
  await settle();
  assert.equal(requests.filter((url) => url.includes('home')).length, 2);
});

test('a refetch that fails is logged, not repeated, and leaves the page as it is', async () => {
  let broken = false;
  const { learning, requests, push, lines, clock } = await student(() => (broken ? json({ detail: 'the database is away' }, 503) : json({ upcomingSessions: [1] })));
  broken = true;
  requests.length = 0;
  push('TRAINER_ALLOCATED');
  await clock.advance(25_000);
  assert.equal(requests.length, 2);
  assert.ok(lines.includes('[Store] Refetch failed, and is not repeated by itself the database is away'));
  assert.deepEqual(learning.screen.get(), { home: { upcomingSessions: [1] }, learning: { upcomingSessions: [1] }, error: 'the database is away' });
});

test('a home without sessions asks for their list', async () => {
  const { learning, requests } = await student((url) => json(url.includes('/sessions') ? { items: ['s'] } : { upcomingSessions: [] }));
  assert.match(requests[2], /^\/api\/v1\/sessions\?status=scheduled&from=\d{4}-\d\d-\d\d$/);
  assert.deepEqual(learning.screen.get().home.upcomingSessions, ['s']);
});

test('screens that failed during a purchase are fetched when somebody looks again, under a live connection', async () => {
  let broken = false;
  const { learning, requests, push, say, clock } = await student((url) =>
    broken ? json({}, 503) : json(url.includes('home') ? { upcomingSessions: [1], recentCourses: requests.length > 3 ? ['new'] : [] } : {}),
  );
  broken = true;
  LEARNING_EVENTS.forEach(push);
  await clock.advance(5_000);
  broken = false;
  await clock.advance(1_000);
  say('visible');
  await settle();
  assert.deepEqual(learning.screen.get().home.recentCourses, ['new']);
  assert.equal(learning.screen.get().error, '');
});

test('a home without sessions shows none that is over', async () => {
  const session = (sessionId, endsAt) => ({ sessionId, endsAt });
  const { learning, requests } = await student((url) =>
    json(url.includes('/sessions') ? { items: [session('over', '2020-01-01T06:00:00.000Z'), session('next', '2999-01-01T06:00:00.000Z')] } : { upcomingSessions: [] }),
  );
  assert.deepEqual(learning.screen.get().home.upcomingSessions.map(({ sessionId }) => sessionId), ['next']);
  assert.ok(Date.parse(requests[2].slice(-10)) < Date.now() - 86_400_000 + 1, 'in some time zone it is still yesterday');
});

test('a screen that is never answered is an error after its limit', async () => {
  const { learning, clock } = await student(() => new Promise(() => {}));
  await clock.advance(31_000);
  assert.match(learning.screen.get().error, /did not answer/);
});

test('a service that is overloaded is not asked by events before it allows, and once after that', async () => {
  let broken = false;
  const { requests, push, clock } = await student(() => (broken ? new Response('{}', { status: 503, headers: { 'Retry-After': '20' } }) : json({ upcomingSessions: [1] })));
  broken = true;
  push('PURCHASE_CREATED');
  await clock.advance(1_000);
  requests.length = 0;
  LEARNING_EVENTS.forEach(push);
  await clock.advance(15_000);
  assert.deepEqual(requests, []);
  broken = false;
  await clock.advance(10_000);
  assert.equal(requests.filter((url) => url.includes('home')).length, 1);
});
