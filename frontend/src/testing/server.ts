import { http, HttpResponse, type HttpHandler } from 'msw';
import { setupServer } from 'msw/node';
import type { ProblemBody } from '@/api/problem';
import { MockBackend, type MockBackendOptions } from './mock-backend';

export const server = setupServer();

/** Lets the mock answer everything, as one who is signed in. */
export function serve(options: MockBackendOptions = { signedInAs: 'member', count: 30 }): MockBackend {
  const backend = new MockBackend(options);
  server.use(http.all('*/api/v1/*', ({ request }) => backend.handle(request)));
  return backend;
}

type Method = 'get' | 'post' | 'put' | 'delete';

/** The API saying no, for as long as the condition holds. */
export function refuse(
  method: Method,
  path: string,
  problem: ProblemBody & { status: number },
  options: { while?: () => boolean; headers?: Record<string, string> } = {},
): HttpHandler {
  const body = { title: problem.type ?? 'problem', traceId: 'trace-1', ...problem };
  return http[method](`*/api/v1${path}`, () => {
    if (options.while && !options.while()) return undefined;
    const headers = { 'Content-Type': 'application/problem+json', ...options.headers };
    return HttpResponse.json(body, { status: problem.status, headers });
  });
}
