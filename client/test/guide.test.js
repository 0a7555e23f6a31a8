// Proves R-DP-4.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import test from 'node:test';
import { act, createElement } from 'react';
import { create } from 'react-test-renderer';
import ts from 'typescript';
import { CLOSE_CODES, adviceFor } from '../src/index.js';
import { createWorld, greet, settle, taskMessage } from './support/world.js';

const guide = readFileSync(new URL('../../FRONTEND_INTEGRATION.md', import.meta.url), 'utf8');
const protocol = readFileSync(new URL('../../docs/protocol.md', import.meta.url), 'utf8');

globalThis.IS_REACT_ACT_ENVIRONMENT = true;

/** In this package, so that its code finds @tidings/client by name, as in a project that installed it. */
const FOLDER = new URL('../target/guide/', import.meta.url);

// The guide's pages live on by the real clock, which must not keep the tests from ending.
const { setTimeout: startTimer } = globalThis;
globalThis.setTimeout = (...timer) => startTimer(...timer).unref();

function blocks(language) {
  return [...guide.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, code]) => code);
}

/** What the guide's code finds around it: a page, an API, and a service. */
function surroundings() {
  const rendered = [];
  const elements = new Map();
  const element = () => {
    const children = [];
    return { textContent: '', children, prepend: (child) => children.unshift(child) };
  };
  const world = createWorld({ script: (socket) => greet(socket, { role: 'student' }) });
  const order = { orderId: 'o1', buyerId: 'ada', status: 'pending' };
  const task = { ...taskMessage(9).event, status: 'open' };
  const around = {
    WebSocket: world.service.WebSocket,
    fetch: async () => Response.json({ upcomingSessions: ['soon'], items: [] }),
    location: { search: '?token=a.token.x', reload: () => rendered.push('reloaded') },
    document: {
      createElement: element,
      getElementById(id) {
        elements.set(id, elements.get(id) ?? element());
        return elements.get(id);
      },
    },
    getToken: async () => 'a.token.x',
    signIn: async () => ({ token: 'a.token.x' }),
    api: async (path) => (path.includes('orders') ? { items: [order] } : path.endsWith('complete') ? { ...task, status: 'completed', version: 2 } : { items: [task] }),
    render: (what) => rendered.push(what),
    celebrate: (what) => rendered.push(what),
    alert: (what) => rendered.push(what),
    appState: { addEventListener: (_, hear) => hear('active') },
    console: { ...console, log: (...line) => rendered.push(line.join(' ')) },
  };
  return { around, rendered, elements, ...world };
}

/** Runs a block as a page would, until nothing more happens. */
async function run(code, name, { around }) {
  mkdirSync(FOLDER, { recursive: true });
  const file = new URL(`${name}-${Date.now()}.mjs`, FOLDER);
  const names = Object.keys(around).filter((key) => !code.includes(`const ${key} `));
  writeFileSync(file, `const { ${names.join(', ')} } = globalThis.surroundings;\n${code}`);
  const before = { WebSocket: globalThis.WebSocket, fetch: globalThis.fetch, log: console.log };
  globalThis.surroundings = around;
  globalThis.WebSocket = around.WebSocket;
  globalThis.fetch = around.fetch;
  console.log = around.console.log;
  try {
    const module = await import(file.href);
    await settle();
    await settle();
    return module;
  } finally {
    rmSync(file);
    Object.assign(globalThis, { WebSocket: before.WebSocket, fetch: before.fetch });
    console.log = before.log;
  }
}

blocks('js').forEach((code, number) => {
  test(`block ${number + 1} of JavaScript works: ${code.split('\n').find((line) => !/import|createTidings|^$/.test(line))}`, async () => {
    const world = surroundings();
    await run(code, `js-${number}`, world);
    const { socket } = world.service;
    assert.equal(socket.last('auth').token, 'a.token.x');
    socket.push(taskMessage(1, { event_type: 'task.completed', status: 'completed', version: 2 }));
    socket.push({ type: 'order:created', event: { orderId: 'o2', buyerId: 'ada' }, id: 'x2', source: 'backend', cursor: 'c2' });
    await settle();
    assert.deepEqual(world.errors, []);
    if (/render|console\.log/.test(code)) {
      assert.notEqual(world.rendered.length, 0, 'the page shows something');
    }
  });
});

test('the page of the ten minutes shows its status and each new task', async () => {
  const [page] = blocks('html');
  const code = page.match(/<script type="module">([\s\S]*?)<\/script>/)[1];
  const world = surroundings();
  await run(code, 'page', world);
  world.service.socket.push(taskMessage(1, { status: 'open' }));
  assert.equal(world.elements.get('status').textContent, 'live');
  assert.equal(world.elements.get('tasks').children[0].textContent, 'Task 1 (open)');
  assert.ok(world.rendered.includes('[EventSocket] ✅ Connected successfully'));
  assert.deepEqual(JSON.parse(page.match(/<script type="importmap">([\s\S]*?)<\/script>/)[1]), {
    imports: { '@tidings/client': './tidings/index.js' },
  });
});

test('the React page shows the status and the orders', async () => {
  const [code] = blocks('jsx');
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { jsx: ts.JsxEmit.ReactJSX, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  const world = surroundings();
  const { default: App } = await run(outputText, 'react', world);
  let tree;
  await act(async () => {
    tree = create(createElement(App));
    await settle();
  });
  const texts = () => tree.root.findAll(({ type }) => type === 'p' || type === 'li').map(({ children }) => children.join(''));
  assert.deepEqual(texts(), ['Live', 'o1: pending']);
  await act(async () => {
    world.service.socket.push({ type: 'order:cancelled', event: { orderId: 'o1', buyerId: 'ada' }, id: 'x', source: 'backend', cursor: 'c2' });
  });
  assert.deepEqual(texts(), ['Live', 'o1: cancelled']);
  await act(async () => tree.unmount());
});

test('the guide lists every close code, and what the library does about it', () => {
  const words = { reconnect: /^reconnects, spread/, 'back-off': /growing pauses/, 'new-token': /new token/, stop: /^stops$/ };
  const rows = [...guide.matchAll(/^\| (4\d{3}) \| (\w+) \| (.*) \|$/gm)];
  assert.deepEqual(Object.fromEntries(rows.map(([, code, name]) => [code, name])), { ...CLOSE_CODES });
  rows.forEach(([, code, , advice]) => assert.match(advice, words[adviceFor(Number(code))], code));
});

test('the guide lists every message of docs/protocol.md with its fields', () => {
  const tables = protocol.slice(protocol.indexOf('## Server to client'), protocol.indexOf('## Order and cursors'));
  const chapter = guide.slice(guide.indexOf('## The protocol'), guide.indexOf('## Without the library'));
  for (const [, types, fields] of tables.matchAll(/^\| (`.*?) \| (`.*?) \|/gm)) {
    for (const [word] of `${types} ${fields}`.matchAll(/`[\w:-]+`/g)) {
      assert.ok(chapter.includes(word), `${word} of ${types}`);
    }
  }
});

test('the guide lists every option and method', () => {
  const types = readFileSync(new URL('../types/tidings.d.ts', import.meta.url), 'utf8');
  const optionsType = types.slice(types.indexOf('export type Options'), types.indexOf('export type Status'));
  const options = [...optionsType.matchAll(/^ {4}(\w+)\??:/gm)].map(([, name]) => name);
  assert.ok(options.length > 7);
  const methods = [...types.slice(0, types.indexOf('\n};')).matchAll(/^ {4}(\w+)(?::|\(|<)/gm)].map(([, name]) => name);
  assert.ok(methods.length > 12);
  const chapter = guide.slice(guide.indexOf('## Every option'), guide.indexOf('## Log lines'));
  for (const name of [...options, ...methods]) {
    assert.match(chapter, new RegExp(`\`${name}\\b`), name);
  }
});

test('the client without the library comes back, whether its token fails, its address does, or its socket falls silent', async () => {
  const chapter = guide.slice(guide.indexOf('## Without the library'));
  const [, code] = chapter.match(/```js\n([\s\S]*?)```/);
  const faults = {
    'getToken rejects': { getToken: async () => Promise.reject(new TypeError('Failed to fetch')) },
    'getToken throws': { getToken: () => { throw new Error('signed out'); } },
    'getToken never answers': { getToken: () => new Promise(() => {}) },
    'the WebSocket cannot be made': { WebSocket: class { constructor() { throw new Error('not allowed'); } } },
    'the socket falls silent': { silent: true },
  };
  for (const [what, fault] of Object.entries(faults)) {
    const { clock, service } = createWorld();
    // The second time it fails, and from then on all is well.
    const calls = { getToken: 0, WebSocket: 0 };
    const pick = (name, good) => (++calls[name] === 2 && fault[name]) || good;
    const around = {
      getToken: () => pick('getToken', async () => 'a.token.x')(),
      WebSocket: new Proxy(service.WebSocket, { construct: (good, args) => new (pick('WebSocket', good))(...args) }),
      setTimeout: clock.setTimeout,
      clearTimeout: clock.clearTimeout,
      console: { warn: () => {} },
    };
    new Function(...Object.keys(around), code)(...Object.values(around));
    await clock.advance(1_000);
    assert.equal(service.sockets.length, 1, what);
    if (fault.silent) {
      service.socket.silent = true;
    } else {
      service.socket.drop();
    }
    await clock.advance(60_000);
    assert.ok(service.sockets.length > 1, what);
    assert.equal(service.socket.last('auth').token, 'a.token.x');
  }
});
