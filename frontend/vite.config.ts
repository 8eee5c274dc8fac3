import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { mockApi } from './src/testing/mock-api-plugin.ts';

/** Where the API answers while developing; without it the mock of src/testing answers. */
const backend = process.env.MEALS_URL;
const proxy = backend ? { '/api': { target: backend, changeOrigin: false } } : undefined;

export default defineConfig({
  plugins: [react(), ...(backend ? [] : [mockApi()])],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: { port: 5173, strictPort: true, proxy },
  preview: { port: 5180, strictPort: true, proxy },
  build: { target: 'es2022', manifest: true, assetsInlineLimit: 0, chunkSizeWarningLimit: 700 },
  test: {
    environment: 'jsdom',
    setupFiles: ['./src/testing/setup.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
    testTimeout: 30_000,
    css: false,
    pool: 'threads',
  },
});
