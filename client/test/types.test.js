import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const CLIENT = fileURLToPath(new URL('..', import.meta.url));

test('the sources are well typed, and types/ is what comes of them', { timeout: 180_000 }, (t) => {
  const fresh = mkdtempSync(join(tmpdir(), 'tidings-types-'));
  t.after(() => rmSync(fresh, { recursive: true }));

  const tsc = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '--outDir', fresh], { cwd: CLIENT, encoding: 'utf8' });

  assert.equal(tsc.stdout, '');
  const committed = join(CLIENT, 'types');
  assert.deepEqual(readdirSync(committed).sort(), readdirSync(fresh).sort(), 'repeat `npm run types`');
  for (const name of readdirSync(fresh)) {
    assert.equal(readFileSync(join(committed, name), 'utf8'), readFileSync(join(fresh, name), 'utf8'), `${name}: repeat \`npm run types\``);
  }
});
