import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const registry = '111122223333.dkr.ecr.eu-central-1.amazonaws.com/meals';

let folder;
let aws;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'images-test-'));
  aws = join(folder, 'cloud.json');
  writeFileSync(aws, JSON.stringify({ registry: {}, asked: [] }));
});

afterEach(() => rmSync(folder, { recursive: true }));

const asked = () => JSON.parse(readFileSync(aws, 'utf8')).asked;

function images(...args) {
  const environment = { ...process.env, PATH: join(here, 'bin') + delimiter + process.env.PATH, FAKE_AWS: aws };
  const { status, stdout, stderr } = spawnSync(join(here, '..', 'images'), args, { encoding: 'utf8', env: environment, timeout: 180_000 });
  return { status, said: stdout, told: stderr };
}

test('builds each image from its Dockerfile', () => {
  assert.equal(images('build', 'v1').status, 0);

  assert.deepEqual(asked(), [
    'build infrastructure/images/service/Dockerfile with SERVICE=command-service as meals/command-service:v1',
    'build infrastructure/images/service/Dockerfile with SERVICE=query-service as meals/query-service:v1',
    'build infrastructure/images/web-app/Dockerfile as meals/web-app:v1',
    'build infrastructure/images/standalone/Dockerfile as meals/standalone:v1',
  ]);
});

test('builds on the bases that the Dockerfiles name, by digest, and asks for each once', () => {
  assert.equal(images('build', 'v1').status, 0);

  const { bases, resolved } = JSON.parse(readFileSync(aws, 'utf8'));
  const dockerfiles = ['service', 'service', 'web-app', 'standalone'].map((name) => readFileSync(join(here, '..', '..', 'images', name, 'Dockerfile'), 'utf8'));
  const named = dockerfiles.map((text) => [...text.matchAll(/^ARG ([A-Z]+_IMAGE)=(.+)$/gm)].map(([, argument, image]) => ({ argument, image })));
  assert.deepEqual(bases, named.map((those) => those.map(({ argument, image }) => `${argument}=${image}@sha256:${createHash('sha256').update(image).digest('hex')}`)));
  assert.deepEqual(resolved, [...new Set(named.flat().map(({ image }) => image))]);
  assert.ok(named.every((those) => those.length >= 2), 'every Dockerfile names its bases so');
});

test('builds nothing on a base that no registry knows', () => {
  writeFileSync(aws, JSON.stringify({ registry: {}, asked: [], unknown: ['docker.io/library/busybox:1.37.0-musl'] }));

  const { status, told } = images('build', 'v1');

  assert.notEqual(status, 0);
  assert.match(told, /busybox:1.37.0-musl/);
  assert.deepEqual(asked(), []);
});

test('says on each image which version of which commit it is', () => {
  assert.equal(images('build', 'v1').status, 0);

  const { labels } = JSON.parse(readFileSync(aws, 'utf8'));
  assert.deepEqual(Object.keys(labels), ['version', 'revision', 'created']);
  assert.equal(labels.version, 'v1');
  assert.match(labels.revision, /^[0-9a-f]{40}$/);
  assert.ok(!Number.isNaN(Date.parse(labels.created)), labels.created);
});

test('takes out of each image what it consists of', () => {
  assert.equal(images('sboms', 'v1', join(folder, 'sboms')).status, 0);

  assert.deepEqual(readdirSync(join(folder, 'sboms')), ['command-service.cdx.json', 'query-service.cdx.json', 'standalone.cdx.json', 'web-app.cdx.json']);
});

test('pushes what is deployed, and tells the digests', () => {
  const { status, said, told } = images('push', 'v1', registry);

  assert.equal(status, 0, told);
  assert.deepEqual(asked(), ['push meals/command-service:v1', 'push meals/query-service:v1', 'push meals/web-app:v1']);
  assert.deepEqual(JSON.parse(said), {
    version: 'v1',
    images: {
      'command-service': `${registry}/command-service@sha256:${'1'.repeat(64)}`,
      'query-service': `${registry}/query-service@sha256:${'2'.repeat(64)}`,
      'web-app': `${registry}/web-app@sha256:${'3'.repeat(64)}`,
    },
  });
});

test('does not push a version again, and tells the same digests', () => {
  const first = images('push', 'v1', registry);
  assert.equal(first.status, 0, first.told);

  const { said, told } = images('push', 'v1', registry);

  assert.equal(said, first.said);
  assert.match(told, /web-app v1 is there already/);
  assert.equal(asked().length, 3);
});

test('says what it can be asked for', () => {
  const { status, told } = images('push', 'v1');

  assert.equal(status, 2);
  assert.match(told, /images push <version> <registry>/);
});
