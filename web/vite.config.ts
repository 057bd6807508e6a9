import { svelte } from '@sveltejs/vite-plugin-svelte';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig, type Plugin } from 'vite';

// Every browser we support reads woff2; the two older forms would triple what the server carries.
function onlyWoff2(): Plugin {
  return {
    name: 'only-woff2',
    enforce: 'pre',
    transform(code, id) {
      if (!id.includes('katex') || !id.split('?')[0]?.endsWith('.css')) return undefined;
      return code.replace(/,url\([^)]*\.(?:woff|ttf)\)\s*format\(["'][a-z]+["']\)/g, '');
    },
  };
}

const server = process.env.FRAGUA_URL ?? 'http://127.0.0.1:3000';

export default defineConfig({
  plugins: [onlyWoff2(), svelte(), tailwindcss()],
  base: '/',
  build: {
    target: 'es2022', modulePreload: { polyfill: false }, assetsInlineLimit: 0, reportCompressedSize: false,
    // What pages share comes in one file: thirty small ones take longer than their few kilobytes.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'common', minShareCount: 2, test: (id: string) => !/highlight\.js|katex|uplot|messages/.test(id) }] } } },
  },
  server: { proxy: { '/api': server, '/v1': server, '/openapi.json': server } },
  test: { environment: 'jsdom', include: ['src/**/*.test.ts', 'messages/**/*.test.ts'] },
} as Parameters<typeof defineConfig>[0]);
