import { createStore } from '@/lib/store';
import { readJson, writeJson } from '@/lib/storage';
import { consistencyHeader, forgetTokens, rememberToken } from './consistency';
import { hiddenDevice } from './device';
import type { ProblemBody } from './problem';
import { csrfToken, session, signedInAgain } from './session';

/** Grows with every command that was refused because the log is closed: then it is time to ask about its state. */
export const refusedByLog = createStore(0);

/** How many reads wait for the read side to catch up with this tab's own changes. */
export const catchingUp = createStore(0);

/** Answers of these are about signing in itself: a 401 there is final. */
const SIGN_IN = /\/api\/v1\/auth\/(login|refresh|logout|register|setup)$/;
const SAFE = new Set(['GET', 'HEAD']);
const CATCH_UP_TRIES = 8;
const REFRESHED_AT = 'met.refreshedAt';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function retryAfterMs(response: Response): number {
  const seconds = Number(response.headers.get('Retry-After'));
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 10) * 1000 : 1000;
}

/** Whether it was refused for the time being, for the reason with this slug. */
async function isUnavailable(response: Response, slug: string): Promise<boolean> {
  if (response.status !== 503) return false;
  const body = (await response
    .clone()
    .json()
    .catch(() => ({}))) as { type?: string };
  return body.type?.endsWith(`/${slug}`) ?? false;
}

const isProjectionBehind = (response: Response) => isUnavailable(response, 'projection-behind');

async function once(template: Request): Promise<Response> {
  const request = template.clone();
  if (SAFE.has(request.method)) {
    const tokens = consistencyHeader();
    if (tokens) request.headers.set('Consistency-Token', tokens);
  } else {
    const csrf = csrfToken();
    if (csrf) request.headers.set('X-CSRF-Token', csrf);
    const device = hiddenDevice();
    if (device) request.headers.set('Device', device);
  }
  const response = await fetch(request);
  rememberToken(response.headers.get('Consistency-Token'));
  if (!SAFE.has(request.method) && (await isUnavailable(response, 'log-closed'))) {
    refusedByLog.set((n) => n + 1);
  }
  return response;
}

/** Tokens of a server whose data was replaced since: it cannot know them, and they ask for nothing any more. */
async function refusesTokens(response: Response): Promise<boolean> {
  if (response.status !== 400 || !consistencyHeader()) return false;
  const body = (await response
    .clone()
    .json()
    .catch(() => ({}))) as ProblemBody;
  return body.errors?.some(({ field }) => field === 'Consistency-Token') ?? false;
}

/** Sends it; a read that is ahead of the read side is asked again when the server says so. */
async function send(template: Request): Promise<Response> {
  let response = await once(template);
  if (SAFE.has(template.method) && (await refusesTokens(response))) {
    forgetTokens();
    response = await once(template);
  }
  if (!SAFE.has(template.method) || !(await isProjectionBehind(response))) return response;
  catchingUp.set((n) => n + 1);
  try {
    for (let i = 0; i < CATCH_UP_TRIES && (await isProjectionBehind(response)); i++) {
      await pause(retryAfterMs(response));
      response = await once(template);
    }
    return response;
  } finally {
    catchingUp.set((n) => n - 1);
  }
}

let refreshing: Promise<boolean> | undefined;

async function refresh(since: number): Promise<boolean> {
  // refresh tokens rotate, so only one tab may use the current one
  const exclusive = <T>(work: () => Promise<T>): Promise<T> =>
    navigator.locks ? (navigator.locks.request('met-refresh', work) as Promise<T>) : work();
  return exclusive(async () => {
    if ((readJson<number>('local', REFRESHED_AT) ?? 0) > since) return true;
    if (!csrfToken()) return false;
    const response = await once(
      new Request(new URL('/api/v1/auth/refresh', window.location.origin), { method: 'POST' }),
    );
    if (response.ok) writeJson('local', REFRESHED_AT, Date.now());
    return response.ok;
  });
}

/**
 * The one way to the API: adds the CSRF and consistency tokens, refreshes a session that ran out without a word,
 * and when that fails waits for the person to sign in again, so that nothing typed is lost.
 */
export async function transport(request: Request): Promise<Response> {
  const sentAt = Date.now();
  const first = await send(request);
  if (first.status !== 401 || SIGN_IN.test(new URL(request.url).pathname)) return first;

  refreshing ??= refresh(sentAt).finally(() => (refreshing = undefined));
  if (await refreshing) {
    const second = await send(request);
    if (second.status !== 401) return second;
  }
  const state = session.get();
  if (state !== 'in' && state !== 'expired') return first;
  return (await signedInAgain()) ? send(request) : first;
}
