import '@testing-library/jest-dom/vitest';
import '@/lib/i18n';
import { notifications } from '@mantine/notifications';
import { cleanup, configure } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, vi } from 'vitest';
import { forgetTokens } from '@/api/consistency';
import { session } from '@/api/session';
import { server } from './server';

configure({ asyncUtilTimeout: 5_000, getElementError: (message) => new Error(message ?? 'not found') });

// what jsdom leaves out
window.matchMedia = (query: string) =>
  ({
    matches: false,
    media: query,
    addEventListener: vi.fn(),
    removeEventListener: vi.fn(),
    addListener: vi.fn(),
    removeListener: vi.fn(),
  }) as unknown as MediaQueryList;
globalThis.ResizeObserver = class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
Object.defineProperty(HTMLElement.prototype, 'offsetHeight', { configurable: true, value: 48 });
window.scrollTo = vi.fn() as never;
Element.prototype.scrollIntoView = vi.fn();

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => {
  cleanup();
  notifications.clean();
  server.resetHandlers();
  localStorage.clear();
  sessionStorage.clear();
  forgetTokens();
  session.set('unknown');
  document.cookie = 'met_csrf=; Max-Age=0';
});
afterAll(() => server.close());
