/**
 * Users of a release, with a ledger: tasks and purchases at a steady rate, and clients that resume with their cursor whenever their
 * connection ends. Ends when the file STOP appears, and says what was lost, doubled or out of order; exit code 1 if anything was.
 *
 *   HTTP=http://… WS=ws://… TIDINGS_JWT_HS256_SECRET=… STOP=<file> node --experimental-websocket clients.mjs
 *   USERS=20 RATE=20 (tasks a second) PURCHASES=0.2 (a second)
 */
import { createHmac, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const { HTTP, WS, TIDINGS_JWT_HS256_SECRET: SECRET, STOP } = process.env;
const USERS = Number(process.env.USERS ?? 20);
const RATE = Number(process.env.RATE ?? 20);
const PURCHASES = Number(process.env.PURCHASES ?? 0.2);
const PATIENCE = Number(process.env.PATIENCE ?? 90_000);
const run = randomUUID().slice(0, 8);
const firstHour = Math.floor(Math.random() * 14);

const base64url = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

function token(user, role) {
  const now = Math.floor(Date.now() / 1000);
  const unsigned = `${base64url({ alg: 'HS256', typ: 'JWT' })}.${base64url({ sub: user, role, iss: 'tidings', aud: 'tidings', iat: now, exp: now + 3600 })}`;
  return `${unsigned}.${createHmac('sha256', SECRET).update(unsigned).digest('base64url')}`;
}

/** Follows a user's stream, and resumes where it was. */
class Client {
  received = [];
  connections = 0;
  cursor = '';
  stopped = false;

  constructor(user, role, wanted) {
    this.token = token(user, role);
    this.wanted = wanted;
    this.#connect();
  }

  #connect() {
    if (this.stopped) return;
    const socket = new WebSocket(`${WS}/ws?token=${this.token}${this.cursor && `&cursor=${encodeURIComponent(this.cursor)}`}`);
    this.socket = socket;
    let heard = Date.now();
    // A node that vanished sends nothing any more, and Node's WebSocket shows no pings.
    const watch = setInterval(() => {
      if (Date.now() - heard > 15_000) socket.close();
      else if (socket.readyState === WebSocket.OPEN) socket.send('{"type":"ping"}');
    }, 5_000);
    let over = false;
    const again = () => {
      if (over) return;
      over = true;
      clearInterval(watch);
      setTimeout(() => this.#connect(), 300 + Math.random() * 700);
    };
    socket.onmessage = ({ data }) => {
      heard = Date.now();
      const message = JSON.parse(data);
      if (message.type === 'connected') this.connections++;
      if (message.type === 'gap') this.received.push({ key: 'gap', at: heard });
      this.cursor = message.cursor ?? this.cursor;
      const key = this.wanted(message, data);
      if (key) this.received.push({ key, at: heard });
    };
    socket.onclose = again;
    socket.onerror = again;
  }

  get keys() {
    return this.received.map(({ key }) => key);
  }

  stop() {
    this.stopped = true;
    this.socket.close();
  }
}

let refusals = 0;

/** Repeats under one key until it is accepted, as a client does that does not know what became of its request. */
async function post(path, bearer, body) {
  const key = randomUUID();
  for (const end = Date.now() + PATIENCE; ; ) {
    try {
      const response = await fetch(HTTP + path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${bearer}`, 'Idempotency-Key': key },
        body: body && JSON.stringify(body),
        signal: AbortSignal.timeout(10_000),
      });
      if (response.status < 300) return await response.json();
      const text = await response.text();
      if (response.status < 500 && response.status !== 429) throw new Refused(`${path}: ${response.status} ${text}`);
    } catch (error) {
      if (error instanceof Refused) throw error;
    }
    refusals++;
    if (Date.now() > end) throw new Refused(`${path}: not accepted within ${PATIENCE} ms`);
    await pause(300);
  }
}

class Refused extends Error {}

const stopping = () => existsSync(STOP);
const complaints = [];

async function tasksOf(index) {
  const user = `ledger-${run}-${index}`;
  const client = new Client(user, 'user', (message, data) => message.type === 'task_update' && data.match(/ledger task (\d+)"/)?.[1]);
  const sent = [];
  while (!client.connections && !stopping()) await pause(100);
  while (!stopping()) {
    const began = Date.now();
    const number = String(sent.length);
    try {
      await post('/api/tasks', client.token, { title: `ledger task ${number}` });
      sent.push({ key: number, at: began });
    } catch (error) {
      complaints.push(error.message);
      break;
    }
    await pause(Math.max(0, (1000 * USERS) / RATE - (Date.now() - began)));
  }
  return { client, sent };
}

async function purchases() {
  const all = [];
  for (let number = 0; !stopping() && PURCHASES; number++) {
    const began = Date.now();
    const client = new Client(`ledger-${run}-student-${number}`, 'student', (message) => message.event?.type === 'SESSIONS_GENERATED' && 'sessions');
    // A client without a cursor starts at the end of its stream, so what happens before it is connected is not its business.
    while (!client.connections && !stopping()) await pause(50);
    if (!client.connections) {
      client.stop();
      break;
    }
    const sent = [{ key: 'sessions', at: Date.now() }];
    try {
      // Trainers have few hours: the purchases are spread over courses and hours, so that none has to wait for a free one.
      const courseId = ['course-python', 'course-math', 'course-physics', 'course-english'][number % 4];
      const timeSlot = `${String(7 + ((number + firstHour) % 14)).padStart(2, '0')}:00`;
      const { paymentId } = await post('/api/v1/payments', client.token, { courseId, purchaseTier: 10, timeSlot });
      await post(`/api/v1/payments/${paymentId}/confirm`, client.token);
      all.push({ client, sent });
    } catch (error) {
      complaints.push(error.message);
      client.stop();
    }
    await pause(Math.max(0, 1000 / PURCHASES - (Date.now() - began)));
  }
  return all;
}

const [ledgers, bought] = await Promise.all([Promise.all(Array.from({ length: USERS }, (_, index) => tasksOf(index))), purchases()]);
const complete = ({ client, sent }) => {
  const seen = new Set(client.keys);
  return sent.every(({ key }) => seen.has(key));
};
for (const end = Date.now() + PATIENCE; Date.now() < end && ![...ledgers, ...bought].every(complete); ) await pause(200);

function judge(entries) {
  const result = { sent: 0, lost: 0, doubled: 0, disordered: 0, gaps: 0, connections: 0, latencies: [] };
  for (const { client, sent } of entries) {
    const first = new Map();
    let last = -1;
    for (const { key, at } of client.received) {
      if (key === 'gap') result.gaps++;
      else if (first.has(key)) result.doubled++;
      else {
        first.set(key, at);
        if (Number(key) < last) result.disordered++;
        last = Math.max(last, Number(key) || 0);
      }
    }
    result.sent += sent.length;
    result.connections += client.connections;
    for (const { key, at } of sent) {
      if (first.has(key)) result.latencies.push(first.get(key) - at);
      else result.lost++;
    }
    client.stop();
  }
  result.latencies.sort((a, b) => a - b);
  return result;
}

let bad = complaints.length > 0;
for (const [name, entries] of [['tasks', ledgers], ['purchases', bought]]) {
  const { sent, lost, doubled, disordered, gaps, connections, latencies } = judge(entries);
  const quantile = (part) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * part))] ?? '-';
  console.log(
    `${name}: ${sent} sent, lost ${lost}, doubled ${doubled}, out of order ${disordered}, gaps ${gaps}; ${entries.length} clients, ${connections} connections; ` +
      `p50 ${quantile(0.5)} ms, p99 ${quantile(0.99)} ms, longest ${quantile(1)} ms`,
  );
  bad ||= lost + doubled + disordered + gaps > 0;
}
console.log(`repeated requests: ${refusals}${complaints.length ? `; refused: ${complaints.slice(0, 3).join(' | ')}` : ''}`);
process.exit(bad ? 1 : 0);
