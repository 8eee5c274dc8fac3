import type { IncomingMessage, ServerResponse } from 'node:http';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Connect, Plugin, ViteDevServer } from 'vite';
import type { MockBackend } from './mock-backend';

/** Answers /api from memory while developing and previewing without a backend. Never part of a build. */
export function mockApi(): Plugin {
  const middleware = (
    load: () => Promise<{ MockBackend: new () => MockBackend }>,
  ): Connect.NextHandleFunction => {
    let backend: Promise<MockBackend> | undefined;
    return (request, response, next) => {
      if (!request.url?.startsWith('/api/')) return next();
      backend ??= load().then(({ MockBackend }) => new MockBackend());
      backend.then((it) => answer(it, request, response)).catch(next);
    };
  };
  const loadWith = (server: Pick<ViteDevServer, 'ssrLoadModule'>) => () =>
    server.ssrLoadModule('/src/testing/mock-backend.ts') as Promise<{ MockBackend: new () => MockBackend }>;
  return {
    name: 'mock-api',
    configureServer(server) {
      server.middlewares.use(middleware(loadWith(server)));
    },
    async configurePreviewServer(preview) {
      const { createServer } = await import('vite');
      const root = fileURLToPath(new URL('../..', import.meta.url));
      const loader = await createServer({
        root,
        configFile: false,
        server: { middlewareMode: true, ws: false, hmr: false },
        appType: 'custom',
        optimizeDeps: { noDiscovery: true },
        resolve: { alias: { '@': `${root}/src` } },
      });
      preview.httpServer.on('close', () => void loader.close());
      preview.middlewares.use(middleware(loadWith(loader)));
      preview.middlewares.use(strictPage(`${root}/dist`));
    },
  };
}

/** The page under the policy that production sends, so that a preview breaks where production would. */
const strictPage =
  (dist: string): Connect.NextHandleFunction =>
  (request, response, next) => {
    if (request.method !== 'GET' || !request.headers.accept?.includes('text/html')) return next();
    const nonce = randomBytes(16).toString('base64');
    const policy = [
      "default-src 'self'",
      "script-src 'self'",
      `style-src 'self' 'nonce-${nonce}'`,
      "img-src 'self' data: blob:",
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "form-action 'self'",
    ];
    response.setHeader('Content-Security-Policy', policy.join('; '));
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(readFileSync(`${dist}/index.html`, 'utf8').replace('__CSP_NONCE__', nonce));
  };

async function answer(
  backend: MockBackend,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) if (value) headers.set(name, String(value));
  const hasBody = !['GET', 'HEAD'].includes(incoming.method ?? 'GET');
  const request = new Request(`http://${incoming.headers.host}${incoming.url}`, {
    method: incoming.method,
    headers,
    ...(hasBody ? { body: Buffer.concat(chunks) } : {}),
  });
  const response = await backend.handle(request);
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) if (name !== 'set-cookie') outgoing.setHeader(name, value);
  const cookies = response.headers.getSetCookie();
  if (cookies.length) outgoing.setHeader('Set-Cookie', cookies);
  outgoing.setHeader('Cache-Control', 'no-store');
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}
