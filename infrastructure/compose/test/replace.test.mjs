import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
let folder;
let file;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'replace-test-'));
  file = join(folder, 'engine.json');
});

afterEach(() => rmSync(folder, { recursive: true }));

/** What runs, by service; of a broken one no new container becomes healthy. */
function given(running, broken = []) {
  const containers = Object.entries(running).flatMap(([service, ids]) => ids.map((id) => [id, { service, running: true }]));
  writeFileSync(file, JSON.stringify({ containers: Object.fromEntries(containers), done: [], broken }));
}

function replace(...services) {
  const environment = { ...process.env, PATH: join(here, 'bin') + delimiter + process.env.PATH, FAKE_DOCKER: file, COMPOSE: '' };
  const { status, stdout, stderr } = spawnSync(join(here, '..', 'replace'), services, { encoding: 'utf8', env: environment, timeout: 60_000 });
  const { containers, done } = JSON.parse(readFileSync(file, 'utf8'));
  return { status, said: stdout, told: stderr, done, left: Object.keys(containers) };
}

test('starts the new one before the old one stops, one service after the other', () => {
  given({ 'command-service': ['c'], 'web-app': ['w'] });
  const { status, done } = replace('command-service', 'web-app');
  assert.equal(status, 0);
  assert.deepEqual(done, [
    'start new-command-service-1',
    'stop c',
    'remove c',
    'start new-web-app-1',
    'stop w',
    'remove w',
  ]);
});

test('starts as many as there were', () => {
  given({ 'command-service': ['c1', 'c2', 'c3'] });
  const { status, left } = replace('command-service');
  assert.equal(status, 0);
  assert.deepEqual(left, ['new-command-service-3', 'new-command-service-4', 'new-command-service-5']);
});

test('takes a new one away that does not become healthy, shows its log, and goes no further', () => {
  given({ 'query-service-1': ['q'], 'command-service': ['c'] }, ['query-service-1']);
  const { status, told, left } = replace('query-service-1', 'command-service');
  assert.equal(status, 1);
  assert.match(told, /the log of new-query-service-1-1/);
  assert.match(told, /query-service-1 did not become healthy/);
  assert.deepEqual(left, ['q', 'c']);
});

test('says what nothing runs of', () => {
  given({ 'web-app': ['w'] });
  const { status, told, done } = replace('web-ap', 'web-app');
  assert.equal(status, 1);
  assert.match(told, /nothing runs of web-ap/);
  assert.deepEqual(done, []);
});
