import assert from 'node:assert/strict';
import test from 'node:test';
import { checkText, deviceOf, filtersOf, filterText, jobText, listPath, newKey } from '../pages/views/console/list-words.js';

test('a list asks for the filters that the address names, and for nothing else', () => {
  const query = new URLSearchParams('topic=a%26b&status=&id=7&cursor=next');
  assert.equal(listPath('/api/x', query, ['status', 'topic']), '/api/x?limit=50&topic=a%26b&cursor=next');
  assert.deepEqual(filtersOf(query, ['status', 'topic']), { topic: 'a&b' });
});

test('a user agent is named by its browser and system, and any other client by what it says', () => {
  const agents = {
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0': 'Edge on Windows',
    'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36': 'Chrome on Android',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Version/18.0 Mobile Safari/604.1': 'Safari on iPhone',
    'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0': 'Firefox on Linux',
    'Java-http-client/25': 'Java-http-client/25',
    '': 'Unknown client',
  };
  for (const [agent, name] of Object.entries(agents)) {
    assert.equal(deviceOf(agent), name);
  }
  assert.equal(deviceOf('x'.repeat(200)).length, 60);
});

test('a job says how far it is, what failed again, and what it waits for', () => {
  const job = { action: 'replay', requestedBy: 'olga', status: 'running', matching: 12_000, succeeded: 1_000, failed: 2, waitsFor: null };
  assert.equal(jobText(job), 'Replay by olga: 1,002 of 12,000 handled, 2 failed again; running');
  assert.equal(jobText({ ...job, failed: 0, matching: null, waitsFor: 'no answer' }), 'Replay by olga: 1,000 of more than 100,000 handled; waits: no answer');
  assert.equal(filterText({ consumer: null, topic: null, eventType: null }), 'all open letters');
  assert.equal(filterText({ consumer: 'a', topic: 'b', eventType: 'c' }), 'open letters of a, on b, of type c');
});

test('each question has a key of its own', () => {
  assert.notEqual(newKey(), newKey());
  assert.match(newKey(), /^[\x21-\x7e]{1,255}$/);
});

test('the check of the chain says where it is and what it found', () => {
  const check = { running: true, checked: 10_000, entries: 25_000, fault: null, problem: '' };
  assert.equal(checkText(check), '10,000 of 25,000 entries checked…');
  assert.equal(checkText({ ...check, running: false, checked: 25_000 }), 'The chain is intact: 25,000 entries checked.');
  assert.equal(checkText({ ...check, fault: { number: 7, what: 'it was changed' } }), 'The chain is broken at entry 7: it was changed.');
  assert.equal(checkText({ ...check, problem: 'No answer.' }), 'The check stopped at entry 10,000: No answer.');
});
