import createClient from 'openapi-fetch';
import type { paths as CommandPaths } from './generated/command';
import type { paths as QueryPaths } from './generated/query';
import { Problem, type ProblemBody, versionOf } from './problem';
import { transport } from './transport';

const options = { baseUrl: window.location.origin, fetch: transport };

/** One origin, two sides: what changes something goes through commandApi, what reads through queryApi. */
export const commandApi = createClient<CommandPaths>(options);
export const queryApi = createClient<QueryPaths>(options);

interface Result<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

export interface Answer<T> {
  data: T;
  version?: number;
  headers: Headers;
}

/** The answer, or a thrown Problem. */
export async function answer<T>(call: Promise<Result<T>>): Promise<Answer<T>> {
  let result: Result<T>;
  try {
    result = await call;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new Problem({ type: '/problems/offline' }, 0);
  }
  const { data, error, response } = result;
  if (!response.ok) {
    const body = error && typeof error === 'object' ? (error as ProblemBody) : {};
    throw new Problem(body, response.status, versionOf(response));
  }
  return { data: data as T, version: versionOf(response), headers: response.headers };
}
