// One node: POST /tasks writes a row in PostgreSQL and an event to Kafka; one node of the consumer group takes the event and emits it to
// the user's sockets on all nodes. Row and event are two writes: an event is lost if the node ends between them (no outbox).
import { createServer } from 'node:http';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import { Kafka, logLevel } from 'kafkajs';
import pg from 'pg';
import { createClient } from 'redis';
import { Server } from 'socket.io';

const { PORT, DATABASE_URL, REDIS_URL, KAFKA } = process.env;
const TOPIC = 'peer-tasks';
const LINGER_MS = 2;

const database = new pg.Pool({ connectionString: DATABASE_URL, max: 10 });
const redis = createClient({ url: REDIS_URL });
await redis.connect();
const kafka = new Kafka({ brokers: [KAFKA], logLevel: logLevel.ERROR, retry: { retries: 20 } });
const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
await producer.connect();

// kafkajs sends each message alone; what arrives within two milliseconds goes to the broker as one request instead.
let batch = [];
let batches = Promise.resolve();
function publish(message) {
    if (batch.length === 0) {
        const mine = (batch = []);
        mine.sent = new Promise((resolve) => setTimeout(resolve, LINGER_MS)).then(() => {
            if (batch === mine) batch = [];
            batches = batches.catch(() => {}).then(() => producer.send({ topic: TOPIC, acks: -1, messages: mine }));
            return batches;
        });
    }
    const { sent } = batch;
    batch.push(message);
    return sent;
}

async function createTask({ user, title }) {
    const { rows } = await database.query({
        name: 'insert',
        text: 'INSERT INTO peer_task (user_id, title) VALUES ($1, $2) RETURNING id, created_at',
        values: [user, title],
    });
    const event = { id: rows[0].id, user_id: user, title, created_at: rows[0].created_at };
    await publish({ key: user, value: JSON.stringify(event) });
    return event;
}

const server = createServer((request, response) => {
    if (request.method !== 'POST') return response.end('up');
    let body = '';
    request.on('data', (part) => (body += part));
    request.on('end', async () => {
        try {
            const task = await createTask(JSON.parse(body));
            response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify(task));
        } catch (error) {
            response.writeHead(503).end(String(error));
        }
    });
});

const io = new Server(server, {
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    // Missed messages are sent after a reconnect within two minutes, as far as the stream still has them.
    connectionStateRecovery: { maxDisconnectionDuration: 120_000 },
    adapter: createAdapter(redis, { maxLen: 10_000, readCount: 500 }),
});
io.on('connection', (socket) => socket.join(socket.handshake.auth.user));

const consumer = kafka.consumer({ groupId: 'socketio', maxWaitTimeInMs: 100 });
await consumer.connect();
await consumer.subscribe({ topic: TOPIC });
await consumer.run({
    eachBatch: async ({ batch: { messages } }) => {
        for (const { key, value } of messages) {
            io.to(key.toString()).emit('task', JSON.parse(value));
        }
    },
});
server.listen(Number(PORT), '127.0.0.1', () => console.log('listening'));
