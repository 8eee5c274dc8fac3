import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { after, afterEach, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const registry = '111122223333.dkr.ecr.eu-central-1.amazonaws.com/meals';

const deployment = {
  region: 'eu-central-1',
  cluster: 'meals-test',
  services: [
    { name: 'query-service', task_family: 'meals-test-query-service' },
    { name: 'command-service', task_family: 'meals-test-command-service' },
  ],
  takeover: { canary_percent: 10, canary_bake_minutes: 15, bake_minutes: 60 },
  migrations: ['command-service', 'query-service'].map((service) => ({
    service,
    task_family: `meals-test-${service}-migration`,
    security_group_id: `sg-${service}`,
    log_group: `/meals-test/${service}-migration`,
  })),
  subnet_ids: ['subnet-a'],
  web_bucket: 'meals-test-web',
  distribution_id: 'E0MOCK',
};

let folder;
let aws;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deploy-test-'));
  aws = join(folder, 'cloud.json');
  const families = {};
  const configurations = {};
  const running = {};
  for (const service of ['command-service', 'query-service']) {
    for (const family of [`meals-test-${service}`, `meals-test-${service}-migration`]) {
      families[family] = [
        {
          family,
          taskDefinitionArn: `arn:aws:ecs:eu-central-1:111122223333:task-definition/${family}:1`,
          revision: 1,
          status: 'ACTIVE',
          containerDefinitions: [{ name: service, image: `${registry}/${service}@sha256:${'0'.repeat(64)}` }],
        },
      ];
    }
    running[service] = families[`meals-test-${service}`][0].taskDefinitionArn;
    configurations[service] = { strategy: 'CANARY', bakeTimeInMinutes: 60, alarms: { alarmNames: ['errors'], enable: true, rollback: true }, maximumPercent: 200 };
  }
  const bucket = mkdtempSync(join(folder, 'bucket-'));
  save({ families, configurations, running, bucket, deployments: [], tasks: {}, outcomes: {}, migrationExitCodes: {}, registry: {}, asked: [] });
});

afterEach(() => rmSync(folder, { recursive: true }));

const cloud = () => JSON.parse(readFileSync(aws, 'utf8'));
const save = (changed) => writeFileSync(aws, JSON.stringify(changed));
const page = () => readFileSync(join(cloud().bucket, 'index.html'), 'utf8');

/** What was asked for since this was called the last time. */
function asked() {
  const now = cloud();
  save({ ...now, asked: [] });
  return now.asked;
}

/** All images of a release have the same digit all over. */
function release(version, digit) {
  const image = (name) => `${registry}/${name}@sha256:${digit.repeat(64)}`;
  return { version, images: { 'command-service': image('command-service'), 'query-service': image('query-service'), 'web-app': image('web-app') } };
}

function ask(...args) {
  const environment = {
    ...process.env,
    PATH: join(here, 'bin') + delimiter + process.env.PATH,
    FAKE_AWS: aws,
    DEPLOYMENT: JSON.stringify(deployment),
    DEPLOY_POLL_SECONDS: '0.01',
  };
  const { status, stdout, stderr } = spawnSync(join(here, '..', 'deploy.mjs'), args, { encoding: 'utf8', env: environment, timeout: 180_000 });
  return { status, said: stdout, told: stderr };
}

function deploy(version, digit) {
  const file = join(folder, 'release.json');
  writeFileSync(file, JSON.stringify(release(version, digit)));
  return ask('deploy', file);
}

function deployed(version, digit) {
  const { status, told } = deploy(version, digit);
  assert.equal(status, 0, told);
}

const histories = mkdtempSync(join(tmpdir(), 'deploy-histories-'));
after(() => rmSync(histories, { recursive: true }));

/** v1, v2 and so on, one after the other. Made once, because each deployment starts some thirty programs. */
function deployedBefore(count) {
  const made = join(histories, `v${count}`);
  if (!existsSync(made)) {
    if (count > 1) {
      deployedBefore(count - 1);
    }
    deployed(`v${count}`, `${count}`);
    cpSync(folder, made, { recursive: true });
  }
  const { bucket } = JSON.parse(readFileSync(join(made, 'cloud.json'), 'utf8'));
  cpSync(made, folder, { recursive: true });
  save({ ...cloud(), bucket: join(folder, basename(bucket)), asked: [] });
}

test('migrates with the new images, then switches readers, then writers, then pages', () => {
  deployed('v1', '1');

  const one = '1'.repeat(64);
  assert.deepEqual(asked(), [
    `migrate command-service ${registry}/command-service@sha256:${one} in sg-command-service`,
    `migrate query-service ${registry}/query-service@sha256:${one} in sg-query-service`,
    'query-service to meals-test-query-service:2 CANARY 10% 60 min, alarms on',
    'command-service to meals-test-command-service:2 CANARY 10% 60 min, alarms on',
    'put assets/main-1111.js, public, max-age=31536000, immutable',
    'put favicon.svg, no-cache',
    'put index.html, no-cache',
    'invalidate /*',
    'record v1',
  ]);
});

test('without a canary where the environment has none', () => {
  deployment.takeover = { canary_percent: null, canary_bake_minutes: null, bake_minutes: 5 };
  try {
    deployed('v1', '1');
    assert.equal(asked()[2], 'query-service to meals-test-query-service:2 BLUE_GREEN 100% 5 min, alarms on');
  } finally {
    deployment.takeover = { canary_percent: 10, canary_bake_minutes: 15, bake_minutes: 60 };
  }
});

test('switches nothing when a migration fails, and shows what it said', () => {
  save({ ...cloud(), migrationExitCodes: { 'query-service': 1 } });

  const { status, told } = deploy('v1', '1');

  assert.equal(status, 1);
  assert.match(told, /migration of query-service ended with 1.*Nothing was switched/);
  assert.match(told, /log of \/meals-test\/query-service-migration query-service\/query-service\/query-service-task/);
  assert.equal(asked().filter((what) => !what.startsWith('migrate')).length, 0);
});

test('switches no writers when readers take themselves back, and records nothing', () => {
  save({ ...cloud(), outcomes: { 'query-service': 'ROLLBACK_SUCCESSFUL' } });

  const { status, told } = deploy('v1', '1');

  assert.equal(status, 1);
  assert.match(told, /query-service did not take over: ROLLBACK_SUCCESSFUL an alarm rang/);
  assert.deepEqual(asked().slice(2), ['query-service to meals-test-query-service:2 CANARY 10% 60 min, alarms on']);
});

test('refuses an image by tag, and a release without one', () => {
  const file = join(folder, 'release.json');
  const byTag = release('v1', '1');
  byTag.images['query-service'] = `${registry}/query-service:v1`;
  delete byTag.images['web-app'];
  writeFileSync(file, JSON.stringify(byTag));

  const { status, told } = ask('deploy', file);

  assert.equal(status, 2);
  assert.match(told, /not so: query-service, web-app/);
  assert.deepEqual(asked(), []);
});

test('refuses to deploy, and to tell what runs, while a deployment is under way', () => {
  deployedBefore(1);
  const busy = cloud();
  busy.outcomes['command-service'] = 'hangs';
  busy.deployments.push({ serviceDeploymentArn: 'x', createdAt: new Date(9e12).toISOString(), status: 'IN_PROGRESS', steps: 0, service: 'command-service', taskDefinition: 'new' });
  save({ ...busy, asked: [] });

  assert.match(deploy('v2', '2').told, /under way: command-service/);
  assert.match(ask('running').told, /under way: command-service/);
  assert.deepEqual(asked(), []);
});

test('tells what runs by the same digests', () => {
  deployedBefore(2);

  const { said } = ask('running');

  assert.deepEqual(JSON.parse(said), release('v2', '2'));
});

test('does not tell of a release that is not what runs', () => {
  deployedBefore(1);
  const changed = cloud();
  changed.running['query-service'] = 'arn:aws:ecs:eu-central-1:111122223333:task-definition/meals-test-query-service:1';
  save(changed);

  const { status, said, told } = ask('running');

  assert.equal(status, 2);
  assert.equal(said, '');
  assert.match(told, /not what was released last: query-service/);
});

test('goes back to the release before: writers first, at once, the same revisions, without migrating', () => {
  deployedBefore(2);

  assert.equal(ask('roll-back').status, 0);

  assert.deepEqual(asked(), [
    'command-service to meals-test-command-service:2 BLUE_GREEN 100% 0 min, alarms off',
    'query-service to meals-test-query-service:2 BLUE_GREEN 100% 0 min, alarms off',
    'put assets/main-1111.js, public, max-age=31536000, immutable',
    'put favicon.svg, no-cache',
    'put index.html, no-cache',
    'invalidate /*',
    'record v1',
  ]);
  assert.equal(page(), '1'.repeat(64));
  assert.deepEqual(JSON.parse(ask('running').said), release('v1', '1'));
});

test('is careful again after it went back', () => {
  deployedBefore(2);
  ask('roll-back');
  asked();

  deployed('v3', '3');

  assert.equal(asked()[2], 'query-service to meals-test-query-service:4 CANARY 10% 60 min, alarms on');
  assert.deepEqual(JSON.parse(ask('running').said), release('v3', '3'));
});

test('goes back to a release by its name', () => {
  deployedBefore(3);

  assert.match(ask('roll-back', 'v0').told, /v0 was never released here; there are: v3, v2, v1/);
  assert.equal(ask('roll-back', 'v1').status, 0);

  assert.equal(asked()[0], 'command-service to meals-test-command-service:2 BLUE_GREEN 100% 0 min, alarms off');
  assert.deepEqual(JSON.parse(ask('running').said), release('v1', '1'));
});

test('stops a deployment that is under way, and takes back who was through', () => {
  deployedBefore(1);
  save({ ...cloud(), outcomes: { 'command-service': 'ROLLBACK_FAILED' } });
  deploy('v2', '2'); // readers are through, writers are not
  const busy = cloud();
  busy.deployments.at(-1).status = 'IN_PROGRESS';
  busy.deployments.at(-1).steps = 0;
  save({ ...busy, outcomes: { 'command-service': 'hangs' }, asked: [] });

  const { status, told } = ask('roll-back');

  assert.equal(status, 0, told);
  assert.deepEqual(asked().slice(0, 2), ['stop command-service ROLLBACK', 'query-service to meals-test-query-service:2 BLUE_GREEN 100% 0 min, alarms off']);
  assert.deepEqual(JSON.parse(ask('running').said), release('v1', '1'));
});

test('has nothing to go back to at first', () => {
  deployedBefore(1);

  const { status, told } = ask('roll-back');

  assert.equal(status, 2);
  assert.match(told, /Nothing was released here before/);
  assert.deepEqual(asked(), []);
});
