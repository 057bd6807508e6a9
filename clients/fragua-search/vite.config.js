import { defineConfig } from 'vite';

// Where the example page finds a server while we develop: same origin, so no key is in the page.
const server = process.env.FRAGUA_URL ?? 'http://127.0.0.1:3000';

export default defineConfig({
  build: {
    target: 'es2022',
    lib: { entry: 'src/index.ts', formats: ['es'], fileName: () => 'fragua-search.js' },
    reportCompressedSize: true,
  },
  server: { open: '/example/', proxy: { '/api/v1': server } },
  test: { environment: 'jsdom', include: ['src/**/*.test.ts'] },
});
