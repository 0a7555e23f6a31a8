import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { adviceFor, CLOSE_CODES } from '../src/close-codes.js';

const WORDS = {
  reconnect: 'reconnect with jitter',
  'back-off': 'reconnect with backoff',
  'new-token': 'get a new token, then reconnect',
  stop: 'do not reconnect automatically',
};

const rows = readFileSync(new URL('../../docs/protocol.md', import.meta.url), 'utf8')
  .split('\n')
  .map((line) => line.match(/^\| (4\d{3}) \| (\w+) \| .* \| (.*) \|$/))
  .filter((row) => row !== null);

test('the codes, their names and what they ask for are those of docs/protocol.md', () => {
  assert.ok(rows.length > 10);
  assert.deepEqual(Object.fromEntries(rows.map(([, code, name]) => [code, name])), { ...CLOSE_CODES });
  for (const [, code, , advice] of rows) {
    assert.equal(WORDS[adviceFor(Number(code))], advice, code);
  }
});

test('a code of a later service is understood by its hundred', () => {
  assert.deepEqual([4077, 4177, 4277, 4377, 4999].map(adviceFor), ['reconnect', 'back-off', 'new-token', 'stop', 'back-off']);
});

test("codes of RFC 6455: what is broken stays broken, what is troubled gets time, anything else is a lost connection", () => {
  assert.deepEqual([1002, 1003, 1007, 1009].map(adviceFor), Array(4).fill('stop'));
  assert.deepEqual([1008, 1011, 1013].map(adviceFor), Array(3).fill('back-off'));
  assert.deepEqual([0, 1000, 1001, 1005, 1006, 1012, 3000].map(adviceFor), Array(7).fill('reconnect'));
});
