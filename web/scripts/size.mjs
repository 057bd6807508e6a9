// What a first visit loads, gzipped: index.html and every file that it reaches without a dynamic import, and one language.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const LIMIT_BYTES = 250 * 1024;
const dist = join(dirname(fileURLToPath(import.meta.url)), '../dist');

function staticImports(text) {
  return [...text.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)].map((match) => `assets/${match[1]}`);
}

const index = readFileSync(join(dist, 'index.html'), 'utf8');
const waiting = [...index.matchAll(/(?:src|href)="\/([^"]+)"/g)].map((match) => match[1]);
const messages = readdirSync(join(dist, 'assets')).find((name) => /^es-.*\.js$/.test(name));
if (messages) waiting.push(`assets/${messages}`);

const loaded = new Map([['index.html', gzipSync(index).length]]);
while (waiting.length > 0) {
  const file = waiting.pop();
  if (loaded.has(file)) continue;
  const content = readFileSync(join(dist, file));
  loaded.set(file, gzipSync(content).length);
  if (file.endsWith('.js')) waiting.push(...staticImports(content.toString()));
}

const total = [...loaded.values()].reduce((sum, size) => sum + size, 0);
for (const [file, size] of [...loaded].sort((a, b) => b[1] - a[1])) console.log(`${(size / 1024).toFixed(1).padStart(8)} KiB  ${file}`);
console.log(`${(total / 1024).toFixed(1).padStart(8)} KiB  initial load, gzipped (limit ${LIMIT_BYTES / 1024})`);
if (total > LIMIT_BYTES) process.exit(1);
