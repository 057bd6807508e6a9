// What the first visit costs: bytes over the wire, and how soon a person can type.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { World } from './support/world.mjs';

const FIRST_LOAD_MAX_BYTES = 250 * 1000;
const INTERACTIVE_MAX_MS = 1000;
const RUNS = 5;

const world = await World.create();
const ana = await world.admin();
await world.models();

/** Everything that comes over the wire until the page rests, as the browser's network layer counts it; and when the composer had the focus. */
async function firstVisit() {
  const person = await world.signIn('Ana');
  const { page } = person;
  const devtools = await person.context.newCDPSession(page);
  await devtools.send('Network.enable');
  const sizes = new Map();
  devtools.on('Network.responseReceived', ({ requestId, response }) => sizes.set(requestId, { url: response.url, encoding: response.headers['content-encoding'] ?? response.headers['Content-Encoding'], bytes: 0 }));
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => sizes.has(requestId) && (sizes.get(requestId).bytes = encodedDataLength));
  await page.addInitScript(() => {
    addEventListener('focusin', ({ target }) => target.id === 'composer' && (globalThis.interactiveMs ??= performance.now()), true);
  });
  await page.goto(world.server.url, { waitUntil: 'networkidle' });
  const interactive = await page.waitForFunction(() => globalThis.interactiveMs).then((handle) => handle.jsonValue());
  const requests = [...sizes.values()];
  await person.leave();
  return { interactive, requests, bytes: requests.reduce((sum, request) => sum + request.bytes, 0) };
}

test(`the first load takes at most ${FIRST_LOAD_MAX_BYTES / 1000} KB, compressed`, async (t) => {
  const { requests, bytes } = await firstVisit();
  for (const request of requests) t.diagnostic(`${request.bytes} ${request.encoding ?? '-'} ${new URL(request.url).pathname}`);
  t.diagnostic(`first load: ${bytes} bytes in ${requests.length} requests`);
  assert.ok(bytes > 10_000, 'the app was really loaded');
  for (const request of requests) if (/\.(js|css)$/.test(new URL(request.url).pathname)) assert.equal(request.encoding, 'gzip', request.url);
  assert.ok(bytes <= FIRST_LOAD_MAX_BYTES, `${bytes} bytes`);
});

test('a person can type within a second', async (t) => {
  const times = [];
  for (let i = 0; i < RUNS; ++i) times.push((await firstVisit()).interactive);
  times.sort((a, b) => a - b);
  t.diagnostic(`interactive after ${times.map(Math.round).join(', ')} ms`);
  assert.ok(times[RUNS >> 1] < INTERACTIVE_MAX_MS, `median of ${RUNS}: ${times[RUNS >> 1]} ms`);
});

test('files whose names hold their digest are cached for a year, the page itself is not', async () => {
  const html = await fetch(world.server.url, { headers: { Accept: 'text/html' } });
  assert.equal(html.headers.get('cache-control'), 'no-cache');
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(await html.text())[1];
  const asset = await fetch(world.server.url + script);
  assert.match(asset.headers.get('cache-control'), /max-age=31536000.*immutable/);
  assert.equal(asset.headers.get('x-content-type-options'), 'nosniff');
});

test('the page allows scripts, requests and frames from nowhere but itself', async () => {
  const policy = (await fetch(world.server.url, { headers: { Accept: 'text/html' } })).headers.get('content-security-policy');
  const rules = Object.fromEntries(policy.split(';').map((rule) => rule.trim().split(/\s+(.*)/)));
  assert.equal(rules['default-src'], "'none'");
  assert.equal(rules['script-src'], "'self'");
  assert.equal(rules['connect-src'], "'self'");
  assert.equal(rules['frame-ancestors'], "'none'");
  assert.equal(rules['base-uri'], "'none'");
  assert.doesNotMatch(rules['img-src'], /https?:|\*/);
});
