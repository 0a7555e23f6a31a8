import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { createTidings, isUserId } from '../src/index.js';
import { claimsOf } from '../src/token.js';

const examples = JSON.parse(
  readFileSync(new URL('../../events/src/main/resources/dev/tidings/events/user-ids.json', import.meta.url), 'utf8'),
);

test('a user id is what the services take for one', () => {
  assert.ok(examples.accepted.length > 20 && examples.refused.length > 20);
  for (const { id } of examples.accepted) {
    assert.equal(isUserId(id), true, JSON.stringify(id));
  }
  for (const { id } of examples.refused) {
    assert.equal(isUserId(id), false, JSON.stringify(id));
  }
  for (const other of [undefined, null, 7, {}, ['ada']]) {
    assert.equal(isUserId(other), false);
  }
});

test('a user id is read unchanged from a token, and stands in a path', () => {
  for (const { id } of examples.accepted) {
    const claims = Buffer.from(JSON.stringify({ sub: id })).toString('base64url');
    assert.equal(claimsOf(`x.${claims}.y`).sub, id);
    assert.equal(decodeURIComponent(encodeURIComponent(id)), id);
    assert.equal(new URL(`/api/v1/students/${encodeURIComponent(id)}/home`, 'http://x').pathname.split('/').length, 6);
  }
});

test('a page that names no user id is told so at once', () => {
  assert.throws(
    () => createTidings({ socketUrl: 'ws://localhost/ws', token: () => null, userId: 'a||b' }),
    /userId is not a user id/,
  );
});
