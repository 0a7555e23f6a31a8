// Purchase feed: a service in plain Node that listens to the topic `purchase-created` and shows what it heard.
//
//   GET  /purchases        the latest purchases, the newest first
//   GET  /dapr/subscribe   what its sidecar subscribes to for it
//   POST /events           where the sidecar delivers CloudEvents, some at a time
//   GET  /health
//
// It knows nothing of Tidings' code, only the contract (asyncapi.yaml, message PURCHASE_CREATED). Standard library only.

import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const HOST = process.env.HOST ?? '127.0.0.1';
const PORT = Number(process.env.PORT ?? 8021);
const PUBSUB = process.env.PUBSUB ?? 'pubsub';
const APP_TOKEN = process.env.APP_API_TOKEN ?? '';
const KEPT = 100;
const MAX_BODY_BYTES = 16 << 20;

/**
 * In bulk and raw: a record travels in the body then, and the sidecar can hand over whatever it holds. One by one, its key and headers
 * would be headers of the request, and what is no JSON would never come.
 */
const SUBSCRIPTION = {
  pubsubname: PUBSUB,
  topic: 'purchase-created',
  route: '/events',
  metadata: { rawPayload: 'true' },
  bulkSubscribe: { enabled: true, maxMessagesCount: 10, maxAwaitDurationMs: 50 },
};

/** @type {Map<string, object>} by (source, id): the bus delivers at least once, so what was seen is dropped */
const purchases = new Map();

createServer(async (request, response) => {
  const answer = (status, body) =>
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  switch (`${request.method} ${request.url}`) {
    case 'GET /health':
      return answer(200, { status: 'UP' });
    case 'GET /dapr/subscribe':
      return answer(200, [SUBSCRIPTION]);
    case 'GET /purchases':
      return answer(200, { items: [...purchases.values()].reverse() });
    case 'POST /events':
      if (!fromSidecar(request)) {
        return answer(401, { error: 'callbacks come from the sidecar, with its token' });
      }
      return answer(200, { statuses: JSON.parse(await bodyOf(request)).entries.map(handled) });
    default:
      return answer(404, { error: 'no such path' });
  }
}).listen(PORT, HOST, () => console.log(`purchase-feed listens on ${HOST}:${PORT}`));

process.on('SIGTERM', () => process.exit(0));

/** What is not readable today will not be tomorrow: it is passed over, or it would block its partition. */
function handled({ entryId, event }) {
  try {
    take(JSON.parse(Buffer.from(event, 'base64').toString('utf8')));
  } catch (e) {
    console.log(`passed over: ${e.message}`);
  }
  return { entryId, status: 'SUCCESS' };
}

function take(event) {
  if (event?.type !== 'PURCHASE_CREATED') {
    return; // a type that came later is none of our business
  }
  const key = `${event.source} ${event.id}`;
  if (purchases.has(key)) {
    return;
  }
  const { purchaseId, studentId, courseId, purchaseTier } = event.data;
  purchases.set(key, { purchaseId, studentId, courseId, purchaseTier });
  if (purchases.size > KEPT) {
    purchases.delete(purchases.keys().next().value);
  }
  console.log(`purchase ${purchaseId}: ${purchaseTier} sessions of ${courseId}`);
}

/**
 * Whoever reaches our port could post events otherwise. The sidecar shows the token on calls of other apps too, and names their caller.
 */
function fromSidecar(request) {
  if (request.headers['dapr-caller-app-id'] !== undefined || request.headers['x-forwarded-for'] !== undefined) {
    return false;
  }
  const digest = (text) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(request.headers['dapr-api-token'] ?? ''), digest(APP_TOKEN));
}

async function bodyOf(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) {
      throw new Error(`more than ${MAX_BODY_BYTES} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
