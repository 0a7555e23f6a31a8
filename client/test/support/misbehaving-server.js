/**
 * A real WebSocket and polling server that does everything wrong which a network, a proxy or a broken service can do,
 * but keeps its one promise: what it gives a client after a cursor is everything that came since. Faults are thrown by
 * seeded dice until `behave()`.
 */

import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

export async function startMisbehavingServer(seed) {
  const dice = seededDice(seed);
  const events = [];
  const connections = [];
  let good = false;

  const http = createServer((request, response) => {
    const url = new URL(request.url, 'http://localhost');
    const cursor = url.searchParams.get('cursor');
    if (!good && dice() < 0.3) {
      const status = [500, 503, 429][Math.floor(dice() * 3)];
      response.writeHead(status, { 'Content-Type': 'application/json' }).end('{"detail":"not now"}');
    } else if (!good && dice() < 0.1) {
      response.end('<html>a proxy that knows better</html>');
    } else {
      const page = after(cursor).slice(0, 20);
      const last = page.at(-1)?.cursor ?? cursor ?? `c${events.length}`;
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify({ events: page, cursor: last, hasMore: last !== `c${events.length}`, pollAfterMs: 2_000 }));
    }
  });
  const sockets = new WebSocketServer({ server: http, path: '/ws' });
  sockets.on('connection', serve);
  await new Promise((resolve) => http.listen(0, '127.0.0.1', resolve));

  return {
    url: `ws://127.0.0.1:${http.address().port}/ws`,
    connections,
    append(event) {
      const n = events.length + 1;
      events.push({ type: 'task_update', event, id: `e${n}`, source: 'backend', timestamp: new Date().toISOString(), cursor: `c${n}` });
      connections.filter(({ live }) => live).forEach((connection) => push(connection));
    },
    /** From now on it is a good server; whoever it left hanging is let go. */
    behave() {
      good = true;
      connections.forEach(({ socket }) => socket.terminate());
    },
    async close() {
      connections.forEach(({ socket }) => socket.terminate());
      sockets.close();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };

  function after(cursor) {
    return events.slice(cursor === null || cursor === undefined ? events.length : Number(cursor.slice(1)));
  }

  function serve(socket) {
    const connection = { socket, live: false, mute: false, next: 0, at: Date.now() };
    connections.push(connection);
    socket.on('error', () => {});
    if (!good && dice() < 0.1) {
      socket.close(closeCode());
      return;
    }
    connection.mute = !good && dice() < 0.1;
    socket.on('message', (data) => {
      const message = JSON.parse(String(data));
      if (connection.mute) {
        return;
      }
      if (message.type === 'auth' && !connection.live) {
        connection.live = true;
        connection.next = message.cursor ? Number(message.cursor.slice(1)) : events.length;
        say(connection, { type: 'connected', user_id: 'ada', role: 'user', cursor: message.cursor ?? `c${events.length}` });
        push(connection);
      } else if (message.type === 'ping') {
        say(connection, { type: 'pong', timestamp: new Date().toISOString() });
      }
    });
  }

  function push(connection) {
    while (connection.next < events.length && connection.socket.readyState === 1 && !connection.mute) {
      const event = events[connection.next];
      const following = events[connection.next + 1];
      const fault = good ? 1 : dice();
      if (fault < 0.15) {
        say(connection, event);
        say(connection, event);
      } else if (fault < 0.25) {
        // Something from long ago once more, with its old cursor.
        say(connection, events[Math.floor(dice() * connection.next)] ?? event);
        say(connection, event);
      } else if (fault < 0.35 && following) {
        say(connection, following);
        say(connection, event);
        connection.next++;
      } else if (fault < 0.45) {
        nonsense(connection);
        say(connection, event);
      } else if (fault < 0.5) {
        connection.mute = true;
        return;
      } else if (fault < 0.55) {
        fail(connection);
        return;
      } else {
        say(connection, event);
      }
      connection.next++;
    }
  }

  function nonsense({ socket }) {
    const texts = [
      'no JSON', '[]', 'null', '7', '{}', '{"type":7}', '{"type":"later:invention","x":1}', '{"type":"task_update"}',
      '{"type":"task_update","event":null,"id":"x","source":"y"}', '{"type":"task_update","event":{"version":"?"},"id":""}',
      '{"type":"connected","cursor":"c0"}', '{"type":"error"}', '{"type":"gap"}', '{"type":"pong"}', 'x'.repeat(100_000),
    ];
    socket.send(texts[Math.floor(dice() * texts.length)]);
    if (dice() < 0.3) {
      socket.send(Buffer.from([1, 2, 3]));
    }
  }

  function fail({ socket }) {
    const way = dice();
    if (way < 0.3) {
      socket.terminate();
    } else if (way < 0.5) {
      // Not a frame at all.
      socket._socket.write(Buffer.from([0xff, 0xff, 0xff, 0xff, 0, 0]));
    } else {
      const code = closeCode();
      socket.send(JSON.stringify({ type: 'bye', code, reconnect: true, after_ms: Math.floor(dice() * 500) }));
      socket.close(code);
    }
  }

  function closeCode() {
    const codes = [4000, 4001, 4003, 4100, 4101, 4102, 4103, 4104, 4200, 4201, 1000, 1001, 1011, 1012, 1013];
    return codes[Math.floor(dice() * codes.length)];
  }

  function say({ socket }, message) {
    socket.send(JSON.stringify(message));
  }
}

export function seededDice(seed) {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
