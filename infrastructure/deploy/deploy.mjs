#!/usr/bin/env node
// Deploys a release to one environment on AWS, says which release runs there, and takes it back.
//
//   infrastructure/deploy/deploy.mjs deploy release.json     {"version", "images": {"command-service", "query-service", "web-app"}}, by digest
//   infrastructure/deploy/deploy.mjs running                 the release that runs, in the same form
//   infrastructure/deploy/deploy.mjs roll-back [version]     to the one before, or to that one
//
// DEPLOYMENT is what Terraform says of the environment: `terraform output -json deployment`. Needs aws, and docker for the
// web app's files. What was deployed is kept in releases.json beside them, newest first.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_SECONDS = Number(process.env.DEPLOY_POLL_SECONDS ?? 15);
const RECORD = 'releases.json';
const RELEASES_KEPT = 50;
const WEB_APP = 'web-app';
const WEB_FILES = '/usr/share/nginx/html/.'; // where the image has them
const UNDER_WAY = ['PENDING', 'IN_PROGRESS', 'STOP_REQUESTED', 'ROLLBACK_REQUESTED', 'ROLLBACK_IN_PROGRESS'];

class Refused extends Error {}

// --- programs ------------------------------------------------------------------------------------------------------

function run(program, args, input) {
  const { error, status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', input, maxBuffer: 1 << 26 });
  if (error) {
    throw error;
  }
  if (status !== 0) {
    throw new Error(`${program} ${args.slice(0, 3).join(' ')} ended with ${status}: ${stderr.trim()}`);
  }
  return stdout;
}

function aws(...args) {
  const answer = run('aws', [...args, '--region', target.region, '--output', 'json']);
  return answer.trim() ? JSON.parse(answer) : {};
}

/** A request that is longer than what a command line should hold. */
function awsWith(request, ...args) {
  return inFolder((folder) => {
    const file = join(folder, 'request.json');
    writeFileSync(file, JSON.stringify(request));
    return aws(...args, '--cli-input-json', `file://${file}`);
  });
}

function inFolder(use) {
  const folder = mkdtempSync(join(tmpdir(), 'deploy-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const say = (...words) => console.error(new Date().toISOString().slice(11, 19), ...words);

// --- what is there -------------------------------------------------------------------------------------------------

function imageOf(taskDefinition, container) {
  const definition = aws('ecs', 'describe-task-definition', '--task-definition', taskDefinition).taskDefinition;
  return definition.containerDefinitions.find(({ name }) => name === container).image;
}

function describe(service) {
  return aws('ecs', 'describe-services', '--cluster', target.cluster, '--services', service).services[0];
}

/** Of one service, newest first. */
function deployments(service) {
  const { serviceDeployments } = aws('ecs', 'list-service-deployments', '--cluster', target.cluster, '--service', service);
  return serviceDeployments.sort((one, other) => new Date(other.createdAt) - new Date(one.createdAt));
}

const underWay = (service) => deployments(service).find(({ status }) => UNDER_WAY.includes(status));

/** Task definition of the one revision that everybody gets. */
function runningTaskDefinition(service) {
  const revisions = describe(service).currentServiceRevisions;
  if (revisions.length !== 1) {
    throw new Refused(`${service} has ${revisions.length} revisions at the same time`);
  }
  return aws('ecs', 'describe-service-revisions', '--service-revision-arns', revisions[0].arn).serviceRevisions[0].taskDefinition;
}

function runningTaskDefinitions() {
  return Object.fromEntries(target.services.map(({ name }) => [name, runningTaskDefinition(name)]));
}

/** What was deployed here, newest first. */
function releases() {
  const { Contents: found = [] } = aws('s3api', 'list-objects-v2', '--bucket', target.web_bucket, '--prefix', RECORD);
  return found.length === 0 ? [] : JSON.parse(run('aws', ['s3', 'cp', `s3://${target.web_bucket}/${RECORD}`, '-', '--region', target.region])).releases;
}

function record(all) {
  inFolder((folder) => {
    const file = join(folder, RECORD);
    writeFileSync(file, JSON.stringify({ releases: all.slice(0, RELEASES_KEPT) }, null, 2));
    aws('s3api', 'put-object', '--bucket', target.web_bucket, '--key', RECORD, '--body', file, '--content-type', 'application/json', '--cache-control', 'no-store');
  });
}

const isRunning = (release, definitions) => target.services.every(({ name }) => release.taskDefinitions[name] === definitions[name]);

// --- steps ---------------------------------------------------------------------------------------------------------

/** The newest revision of the family with this image; Terraform's changes go out with it. */
function register(family, container, image) {
  const { taskDefinition } = aws('ecs', 'describe-task-definition', '--task-definition', family);
  for (const name of ['taskDefinitionArn', 'revision', 'status', 'requiresAttributes', 'compatibilities', 'registeredAt', 'registeredBy', 'deregisteredAt']) {
    delete taskDefinition[name];
  }
  taskDefinition.containerDefinitions.find(({ name }) => name === container).image = image;
  return awsWith(taskDefinition, 'ecs', 'register-task-definition').taskDefinition.taskDefinitionArn;
}

async function migrate({ service, task_family: family, security_group_id: group, log_group: log }, image) {
  const request = {
    cluster: target.cluster,
    taskDefinition: register(family, service, image),
    launchType: 'FARGATE',
    startedBy: 'deploy',
    networkConfiguration: { awsvpcConfiguration: { subnets: target.subnet_ids, securityGroups: [group], assignPublicIp: 'DISABLED' } },
  };
  const { tasks, failures } = awsWith(request, 'ecs', 'run-task');
  if (failures?.length > 0 || tasks.length !== 1) {
    throw new Error(`The migration of ${service} could not be started: ${JSON.stringify(failures)}`);
  }
  const arn = tasks[0].taskArn;
  say(`Migrating for ${service}: ${arn}`);
  for (;;) {
    const [task] = aws('ecs', 'describe-tasks', '--cluster', target.cluster, '--tasks', arn).tasks;
    if (task.lastStatus === 'STOPPED') {
      const { exitCode, reason } = task.containers[0];
      if (exitCode !== 0) {
        say(whatItSaid(log, `${service}/${service}/${arn.split('/').at(-1)}`));
        throw new Error(`The migration of ${service} ended with ${exitCode ?? 'nothing'}: ${reason ?? task.stoppedReason}. Nothing was switched.`);
      }
      return;
    }
    await sleep(1000 * POLL_SECONDS);
  }
}

function whatItSaid(group, stream) {
  try {
    const { events } = aws('logs', 'get-log-events', '--log-group-name', group, '--log-stream-name', stream, '--limit', '100');
    return events.map(({ message }) => message).join('\n');
  } catch (silent) {
    return `(its log cannot be read: ${silent.message})`; // it may have ended before it said anything
  }
}

/** As Terraform wants it; a roll-back has left something else behind. */
function carefully(configuration) {
  const { canary_percent: percent, canary_bake_minutes: watched, bake_minutes: bake } = target.takeover;
  const { canaryConfiguration, ...rest } = configuration;
  return {
    ...rest,
    strategy: percent === null ? 'BLUE_GREEN' : 'CANARY',
    bakeTimeInMinutes: bake,
    alarms: { ...rest.alarms, enable: true, rollback: true },
    ...(percent === null ? {} : { canaryConfiguration: { canaryPercent: percent, canaryBakeTimeInMinutes: watched } }),
  };
}

/** Everybody at once, and no alarm of the bad version that takes the good one back. */
function atOnce(configuration) {
  const { canaryConfiguration, ...rest } = configuration;
  return { ...rest, strategy: 'BLUE_GREEN', bakeTimeInMinutes: 0, alarms: { ...rest.alarms, enable: false, rollback: false } };
}

async function switchTo(service, taskDefinition, how) {
  const known = new Set(deployments(service).map(({ serviceDeploymentArn }) => serviceDeploymentArn));
  const request = { cluster: target.cluster, service, taskDefinition, deploymentConfiguration: how(describe(service).deploymentConfiguration) };
  awsWith(request, 'ecs', 'update-service');
  say(`${service} goes to ${taskDefinition}`);
  for (;;) {
    const deployment = deployments(service).find(({ serviceDeploymentArn }) => !known.has(serviceDeploymentArn));
    if (deployment && !UNDER_WAY.includes(deployment.status)) {
      if (deployment.status !== 'SUCCESSFUL') {
        throw new Error(`${service} did not take over: ${deployment.status} ${deployment.statusReason ?? ''}`);
      }
      return;
    }
    await sleep(1000 * POLL_SECONDS);
  }
}

/** Out of the image, so that pages have a digest too. What they load first, they themselves last; nothing is deleted. */
function putWebApp(image) {
  const registry = image.split('/')[0];
  run('docker', ['login', '--username', 'AWS', '--password-stdin', registry], run('aws', ['ecr', 'get-login-password', '--region', registry.split('.')[3]]));
  inFolder((folder) => {
    const container = run('docker', ['create', image]).trim();
    try {
      run('docker', ['cp', `${container}:${WEB_FILES}`, folder]);
    } finally {
      run('docker', ['rm', container]);
    }
    const copy = (from, to, cache, ...more) =>
      run('aws', ['s3', 'cp', from, `s3://${target.web_bucket}/${to}`, '--region', target.region, '--cache-control', cache, '--only-show-errors', ...more]);
    if (!readdirSync(folder).includes('index.html')) {
      throw new Error(`${image} has no page in ${WEB_FILES}`);
    }
    copy(join(folder, 'assets'), 'assets', 'public, max-age=31536000, immutable', '--recursive', '--exclude', '*.gz');
    copy(folder, '', 'no-cache', '--recursive', '--exclude', 'assets/*', '--exclude', 'index.html');
    copy(join(folder, 'index.html'), 'index.html', 'no-cache');
  });
  aws('cloudfront', 'create-invalidation', '--distribution-id', target.distribution_id, '--paths', '/*');
}

// --- what can be asked for -----------------------------------------------------------------------------------------

async function deploy(file) {
  const release = JSON.parse(readFileSync(file, 'utf8'));
  const needed = [...target.services.map(({ name }) => name), WEB_APP];
  const unnamed = needed.filter((name) => !/@sha256:[0-9a-f]{64}$/.test(release.images?.[name] ?? ''));
  if (!release.version || unnamed.length > 0) {
    throw new Refused(`A release has a version, and an image by digest for each of ${needed.join(', ')}; not so: ${unnamed.join(', ')}`);
  }
  const busy = target.services.filter(({ name }) => underWay(name)).map(({ name }) => name);
  if (busy.length > 0) {
    throw new Refused(`A deployment is under way: ${busy.join(', ')}`);
  }
  const before = releases();
  for (const migration of target.migrations) {
    await migrate(migration, release.images[migration.service]);
  }
  const taskDefinitions = {};
  for (const { name, task_family: family } of target.services) {
    taskDefinitions[name] = register(family, name, release.images[name]);
    await switchTo(name, taskDefinitions[name], carefully);
  }
  putWebApp(release.images[WEB_APP]);
  record([{ version: release.version, at: new Date().toISOString(), images: release.images, taskDefinitions }, ...before]);
  say(`${release.version} is deployed`);
}

/** Told only where what was recorded is what runs. */
function running() {
  const busy = target.services.find(({ name }) => underWay(name));
  if (busy) {
    throw new Refused(`A deployment is under way: ${busy.name}`);
  }
  const [newest] = releases();
  const definitions = runningTaskDefinitions();
  const differs = target.services.filter(({ name }) => !newest || newest.taskDefinitions[name] !== definitions[name] || imageOf(definitions[name], name) !== newest.images[name]);
  if (differs.length > 0) {
    throw new Refused(`What runs is not what was released last: ${differs.map(({ name }) => name).join(', ')}. Deploy, or roll back, first.`);
  }
  console.log(JSON.stringify({ version: newest.version, images: newest.images }));
}

async function rollBack(version) {
  let stopped = false;
  const writersFirst = target.services.toReversed(); // no reader may meet an event that it does not know
  for (const { name } of writersFirst) {
    const deployment = underWay(name);
    if (deployment) {
      stopped = true;
      say(`${name}: stopping ${deployment.serviceDeploymentArn}`);
      if (!/^(STOP|ROLLBACK)_/.test(deployment.status)) {
        aws('ecs', 'stop-service-deployment', '--service-deployment-arn', deployment.serviceDeploymentArn, '--stop-type', 'ROLLBACK');
      }
      while (underWay(name)) {
        await sleep(1000 * POLL_SECONDS);
      }
    }
  }
  const all = releases();
  const definitions = runningTaskDefinitions();
  // whoever was stopped half-way goes to the last that was through, whoever is through goes to the one before
  const wanted = version ? all.findIndex((release) => release.version === version) : stopped || !isRunning(all[0] ?? { taskDefinitions: {} }, definitions) ? 0 : 1;
  const release = all[wanted];
  if (!release) {
    throw new Refused(version ? `${version} was never released here; there are: ${all.map((one) => one.version).join(', ')}` : 'Nothing was released here before');
  }
  say(`Back to ${release.version} of ${release.at}`);
  for (const { name } of writersFirst) {
    if (definitions[name] !== release.taskDefinitions[name]) {
      await switchTo(name, release.taskDefinitions[name], atOnce);
    }
  }
  putWebApp(release.images[WEB_APP]);
  record(all.slice(wanted));
  say(`${release.version} runs again; the database keeps what was migrated`);
}

const [what, argument] = process.argv.slice(2);
const target = JSON.parse(process.env.DEPLOYMENT ?? '{}');
try {
  if (!target.cluster) {
    throw new Refused('DEPLOYMENT does not say where: terraform output -json deployment');
  }
  if (what === 'deploy' && argument) {
    await deploy(argument);
  } else if (what === 'running') {
    running();
  } else if (what === 'roll-back') {
    await rollBack(argument);
  } else {
    throw new Refused('deploy <release.json>, running, or roll-back [version]');
  }
} catch (failed) {
  console.error(failed instanceof Refused ? failed.message : `FAILED: ${failed.message}`);
  process.exitCode = failed instanceof Refused ? 2 : 1;
}
