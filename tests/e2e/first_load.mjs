// What a first visit to a page costs in a fresh browser profile, for bench/goals/app.py: bytes over the wire, requests, and when a person can type.
// Reads {url, field, cookie?, token?} as JSON from the command line: `field` is the selector of what a person types into, `cookie` a Cookie
// header, `token` a value of localStorage. Prints {bytes, requests, milliseconds}.
import { launch } from './support/world.mjs';

const { url, field, cookie, token } = JSON.parse(process.argv[2]);
const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, serviceWorkers: 'block' });
if (cookie) await context.addCookies(cookie.split('; ').map((pair) => ({ url, name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1) })));
if (token) await context.addInitScript((value) => localStorage.setItem('token', value), token);
await context.addInitScript((selector) => {
  const look = () => {
    const found = document.querySelector(selector);
    if (found?.checkVisibility() && !found.disabled) globalThis.canTypeMs = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}, field);
const page = await context.newPage();
const devtools = await context.newCDPSession(page);
await devtools.send('Network.enable');
let bytes = 0;
let requests = 0;
devtools.on('Network.loadingFinished', ({ encodedDataLength }) => {
  bytes += encodedDataLength;
  ++requests;
});
await page.goto(url);
const milliseconds = await page.waitForFunction(() => globalThis.canTypeMs, null, { timeout: 120_000 }).then((handle) => handle.jsonValue());
await page.waitForLoadState('networkidle').catch(() => {});
await browser.close();
console.log(JSON.stringify({ bytes, requests, milliseconds }));
