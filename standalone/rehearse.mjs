#!/usr/bin/env node
// Usage: rehearse.mjs <empty data folder> <command that starts the product …>
// Starts it on a free port, pays one visit to what a first minute of use touches, and stops it: what the JVM sees
// here is what it will be fast at. Needs nothing but Node.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const START_LIMIT_MS = 120_000;
const [dataFolder, ...command] = process.argv.slice(2);

const port = await freePort();
const base = `http://127.0.0.1:${port}`;
const product = spawn(command[0], [...command.slice(1), `--data-dir=${dataFolder}`, `--port=${port}`], {
  stdio: ['ignore', 'inherit', 'inherit'],
});
const ended = once(product, 'exit');
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => product.kill('SIGTERM'));
}

await answering();
await visit();
product.kill('SIGTERM');
const [code, signal] = await ended;
// 143 is how a JVM ends that was asked to
process.exit(code === 0 || code === 143 || signal === 'SIGTERM' ? 0 : 1);

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function answering() {
  const giveUp = Date.now() + START_LIMIT_MS;
  while (Date.now() < giveUp && product.exitCode === null) {
    const ready = await fetch(`${base}/actuator/health/readiness`).catch(() => undefined);
    if (ready?.ok) return;
    await sleep(200);
  }
  product.kill('SIGTERM');
  await ended;
  process.exit(1);
}

async function visit() {
  const email = 'rehearsal@example.org';
  const password = crypto.randomUUID();
  await call('GET', '/');
  await call('GET', '/.well-known/jwks.json');
  await call('POST', '/api/v1/auth/register', { email, password, displayName: 'Rehearsal' });
  const session = await call('POST', '/api/v1/auth/login', { email, password });
  const me = { authorization: `Bearer ${session.body?.accessToken}` };
  const day = new Date().toISOString().slice(0, 10);
  const lunch = { spentOn: day, amount: '12.50', currency: 'EUR', mealType: 'lunch', place: 'Rehearsal' };
  const recorded = await call('POST', '/api/v1/expenses', lunch, me);
  const seen = { ...me, 'consistency-token': recorded.headers?.get('consistency-token') ?? '' };
  const location = `/api/v1/expenses/${recorded.body?.id ?? recorded.headers?.get('location')?.split('/').pop()}`;
  await call('GET', '/api/v1/auth/me', undefined, seen);
  await call('GET', '/api/v1/categories', undefined, seen);
  await call('GET', '/api/v1/expenses?q=rehearsal', undefined, seen);
  await call('GET', `${location}/history`, undefined, seen);
  await call('GET', '/api/v1/reports/monthly', undefined, seen);
  await call('GET', `/api/v1/reports/categories?from=${day}&to=${day}`, undefined, seen);
  await call('PUT', location, { ...lunch, amount: '13.20' }, { ...me, 'if-match': recorded.headers?.get('etag') ?? '' });
  await call('GET', '/api/v1/expenses/export?format=csv', undefined, seen);
}

// An answer that is not the hoped-for one is noted and no reason to stop: this is no test.
async function call(method, path, body, headers = {}) {
  try {
    const answer = await fetch(base + path, {
      method,
      headers: body ? { ...headers, 'content-type': 'application/json' } : headers,
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(15_000),
    });
    const text = await answer.text();
    console.log(`${method} ${path} ${answer.status}`);
    const isJson = answer.headers.get('content-type')?.startsWith('application/json');
    return { headers: answer.headers, body: isJson ? JSON.parse(text) : undefined };
  } catch (error) {
    console.log(`${method} ${path} ${error}`);
    return {};
  }
}
