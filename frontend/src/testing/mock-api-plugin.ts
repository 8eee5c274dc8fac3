import type { IncomingMessage, ServerResponse } from 'node:http';
import { randomBytes } from 'node:crypto';
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
      preview.middlewares.use(strictPolicy);
      preview.middlewares.use(middleware(loadWith(loader)));
    },
  };
}

/** The policy that production sends, so that a preview breaks where production would. */
const strictPolicy: Connect.NextHandleFunction = (request, response, next) => {
  const nonce = randomBytes(16).toString('base64');
  const policy = [
    "default-src 'self'",
    "script-src 'self'",
    `style-src-elem 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
  ];
  response.setHeader('Content-Security-Policy', policy.join('; '));
  if (request.headers.accept?.includes('text/html')) {
    const end = response.end.bind(response);
    response.end = ((chunk?: unknown, ...rest: unknown[]) => {
      const text =
        chunk === undefined
          ? chunk
          : Buffer.from(chunk as Buffer)
              .toString()
              .replace('__CSP_NONCE__', nonce);
      response.removeHeader('Content-Length');
      return (end as (...args: unknown[]) => unknown)(text, ...rest);
    }) as typeof response.end;
  }
  next();
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
