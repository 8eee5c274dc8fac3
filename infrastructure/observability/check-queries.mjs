#!/usr/bin/env node
// Lets Prometheus ask a running product, uses the product a little, and expects every query of every dashboard to return data,
// and every metric and label that a rule names to be there: a panel without data looks like a quiet day.
//
//   infrastructure/observability/check-queries.mjs http://localhost:8080 standalone=localhost:9080
//   infrastructure/observability/check-queries.mjs http://localhost:8080 command-service=localhost:9081 query-service=localhost:9082
//
// The product is asked as people ask it, the others for their metrics (docs/metrics.md). Ends with 1 for what has no data, and
// with 2 if there is no Prometheus on the PATH.
import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PATIENCE_MILLIS = 240_000;
const here = dirname(fileURLToPath(import.meta.url));
const [product, ...targets] = process.argv.slice(2);
if (!product || targets.length === 0) {
  console.error('Usage: check-queries.mjs <product> <job>=<host>:<port>...');
  process.exit(1);
}
if (spawnSync('prometheus', ['--version']).error) {
  console.error('Prometheus is needed on the PATH.');
  process.exit(2);
}

/** Every query of every panel, with where it is. */
function dashboards() {
  const folder = join(here, '../compose/grafana/dashboards');
  return readdirSync(folder).flatMap((file) =>
    JSON.parse(readFileSync(join(folder, file), 'utf8')).panels.flatMap((panel) =>
      panel.targets.map(({ expr }) => ({ place: `${file}: ${panel.title}`, expr })),
    ),
  );
}

/** Everything that rules select, without what depends on what people do. */
function selectors() {
  const folder = join(here, 'rules');
  const found = new Map();
  for (const file of readdirSync(folder)) {
    const text = readFileSync(join(folder, file), 'utf8');
    for (const [, name, labels = ''] of text.matchAll(/\b((?:meals|http_server|hikaricp|jvm|process)_[a-z_]+)(\{[^}]*\})?/g)) {
      const kept = [...labels.matchAll(/(\w+)(=~|!~|!=|=)"[^"]*"/g)]
        .filter(([, label]) => label !== 'status' && label !== 'reason')
        .map(([matcher]) => matcher);
      const expr = kept.length > 0 ? `${name}{${kept.join(',')}}` : name;
      found.set(expr, { place: file, expr });
    }
    for (const [, name, label] of text.matchAll(/\b(meals_[a-z_]+)\{[^}]*\b(status|reason)/g)) {
      found.set(`${name} ${label}`, { place: file, expr: `${name}{${label}!=""}` });
    }
  }
  return [...found.values()];
}

async function call(method, path, body, headers = {}) {
  const answer = await fetch(`${product}/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  return { status: answer.status, etag: answer.headers.get('etag'), json: text ? JSON.parse(text) : null };
}

/** Somebody who records, amends, deletes, and deletes once too often. */
async function use() {
  const email = `u${randomUUID()}@example.test`;
  const password = `Correct-horse-${randomUUID()}`;
  await call('POST', '/auth/register', { email, password, displayName: 'Somebody' });
  const { json } = await call('POST', '/auth/login', { email, password });
  const me = { authorization: `Bearer ${json.accessToken}` };
  const lunch = { spentOn: '2026-03-15', amount: '12.50', currency: 'EUR', mealType: 'lunch' };
  return async () => {
    const recorded = await call('POST', '/expenses', lunch, me);
    if (recorded.status !== 201) {
      throw new Error(`A meal could not be recorded: ${recorded.status} ${JSON.stringify(recorded.json)}`);
    }
    const path = `/expenses/${recorded.json.id}`;
    const amended = await call('PUT', path, { ...lunch, amount: '13.20' }, { ...me, 'if-match': recorded.etag });
    await call('DELETE', path, undefined, { ...me, 'if-match': amended.etag });
    await call('DELETE', path, undefined, { ...me, 'if-match': amended.etag });
    await call('GET', '/expenses', undefined, me);
  };
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

const work = mkdtempSync(join(tmpdir(), 'prometheus-'));
const port = await freePort();
const jobs = new Map();
for (const [job, address] of targets.map((target) => target.split('='))) {
  jobs.set(job, [...(jobs.get(job) ?? []), address]);
}
writeFileSync(
  join(work, 'prometheus.yml'),
  JSON.stringify({
    global: { scrape_interval: '2s', scrape_timeout: '2s', evaluation_interval: '5s' },
    rule_files: [join(here, 'rules/*.yml')],
    scrape_configs: [...jobs].map(([job, all]) => ({
      job_name: job,
      metrics_path: '/actuator/prometheus',
      static_configs: [{ targets: all }],
    })),
  }),
);
const prometheus = spawn(
  'prometheus',
  [`--config.file=${work}/prometheus.yml`, `--storage.tsdb.path=${work}/data`, `--web.listen-address=127.0.0.1:${port}`],
  { stdio: ['ignore', 'ignore', 'inherit'] },
);

/** Whether there is anything, be it zero; what is not a number is nothing. */
async function hasData(expr) {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(expr)}`);
  const { status, data, error } = await answer.json();
  if (status !== 'success') {
    throw new Error(`${expr}: ${error}`);
  }
  return data.result.some(({ value }) => value[1] !== 'NaN');
}

const queries = [...dashboards(), ...selectors()];
let missing = queries;
try {
  const act = await use();
  const giveUp = Date.now() + PATIENCE_MILLIS;
  while (missing.length > 0 && Date.now() < giveUp) {
    await act();
    await new Promise((later) => setTimeout(later, 2_000));
    const rest = [];
    for (const query of missing) {
      if (!(await hasData(query.expr).catch((failure) => (failure.cause ? false : Promise.reject(failure))))) {
        rest.push(query);
      }
    }
    missing = rest;
  }
} finally {
  prometheus.kill();
  await new Promise((ended) => prometheus.once('exit', ended));
  rmSync(work, { recursive: true });
}
missing.forEach(({ place, expr }) => console.error(`no data, ${place}: ${expr}`));
console.log(`${queries.length - missing.length} of ${queries.length} queries return data`);
process.exitCode = missing.length > 0 ? 1 : 0;
