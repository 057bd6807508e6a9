// <fragua-chat> on a page of its own, in a real browser, answered by the real server. Needs clients/fragua-chat to be built.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { problems } from './support/axe.mjs';
import { PAYLOADS } from './support/payloads.mjs';
import { eventually } from './support/waiting.mjs';
import { COUNT, numbersIn, PHONE, World } from './support/world.mjs';

const script = await readFile(new URL('../../clients/fragua-chat/dist/fragua-chat.js', import.meta.url), 'utf8');
const POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'none'";

const world = await World.create();
const ana = await world.admin();
await world.models();
const { key } = await ana.call('POST', '/api/v1/keys', { name: 'page', scopes: ['infer'] });

/** A page that holds the component, under a policy without inline styles or scripts. Whoever visits it has no session. */
async function page(attributes, options) {
  const visitor = await world.stranger(options);
  const markup = Object.entries(attributes).map(([name, value]) => `${name}="${value}"`).join(' ');
  await visitor.context.route(`${world.server.url}/page.html`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      headers: { 'Content-Security-Policy': POLICY },
      body: `<!doctype html><html lang="en"><title>A page</title><main><h1>A page</h1><p>Text. <a href="#x">A link</a></p></main><fragua-chat ${markup}></fragua-chat><script type="module" src="/fragua-chat.js"></script></html>`,
    }),
  );
  await visitor.context.route(`${world.server.url}/fragua-chat.js`, (route) => route.fulfill({ contentType: 'text/javascript', body: script }));
  await visitor.context.route(`${world.server.url}/favicon.ico`, (route) => route.fulfill({ status: 404 }));
  await visitor.visit('/page.html');
  return { visitor, page: visitor.page, panel: visitor.page.getByRole('dialog'), field: visitor.page.getByRole('textbox', { name: 'Your message' }) };
}

test('opens, answers, and closes with Esc, all by keyboard', async () => {
  const { page: at, panel, field } = await page({ key, model: 'smollm2', title: 'Help' });
  await at.getByRole('link', { name: 'A link' }).focus();
  await at.keyboard.press('Tab');
  await at.keyboard.press('Enter');
  await panel.waitFor();
  await at.keyboard.type('Say hello.');
  await at.keyboard.press('Enter');
  const answer = panel.locator('[part~=assistant]');
  await eventually(async () => (await panel.getByRole('log').getAttribute('aria-busy')) === 'false' && (await answer.innerText()).length > 0, 'an answer');
  assert.equal(await field.inputValue(), '');
  await at.keyboard.press('Escape');
  await panel.waitFor({ state: 'hidden' });
  await at.waitForFunction(() => document.activeElement.shadowRoot?.activeElement?.getAttribute('aria-label') === 'Open the chat: Help');
  await at.keyboard.press('Enter');
  await panel.getByText('Say hello.').waitFor();
});

test('the panel is not modal: Tab goes through it and on to the page', async () => {
  const { page: at, panel } = await page({ key, model: 'smollm2', open: '' });
  await panel.waitFor();
  const stops = [];
  for (let i = 0; i < 6; ++i) {
    await at.keyboard.press('Tab');
    stops.push(await at.evaluate(() => document.activeElement.shadowRoot?.activeElement?.getAttribute('aria-label') ?? document.activeElement.tagName));
  }
  assert.deepEqual(stops.slice(0, 5), ['A', 'Close the chat', 'Conversation', 'Your message', 'Send']);
  assert.equal(stops[5], 'BODY');
});

test('stop ends the answer, and the server stops computing', async () => {
  const { page: at, panel, field } = await page({ key, model: 'counter', open: '' });
  const active = async () => (await ana.call('GET', '/api/v1/dashboard')).requests_active;
  const idle = await active();
  await field.fill(COUNT);
  await field.press('Enter');
  const answer = panel.locator('[part~=assistant]');
  await eventually(async () => numbersIn(await answer.innerText()).length > 5, 'numbers');
  assert.equal(await active(), idle + 1);
  await panel.getByRole('button', { name: 'Stop' }).click();
  await panel.getByText('Stopped.').waitFor();
  await panel.getByRole('button', { name: 'Send' }).waitFor();
  await eventually(async () => (await active()) === idle, 'the answer is not computed any more');
  assert.equal((await at.evaluate(() => document.querySelector('fragua-chat').messages)).length, 2);
});

test('says what is wrong without a key, and with one that may not', async () => {
  const { key: embed } = await ana.call('POST', '/api/v1/keys', { name: 'embed', scopes: ['embed'] });
  for (const [attributes, told] of [[{}, 'not signed in'], [{ key: embed }, 'may not use']]) {
    const { panel, field, visitor } = await page({ ...attributes, model: 'smollm2', open: '' });
    await field.fill('Hello?');
    await field.press('Enter');
    await panel.getByRole('alert').filter({ hasText: told }).waitFor();
    assert.equal(await field.inputValue(), 'Hello?');
    await visitor.leave();
  }
});

for (const theme of ['light', 'dark'])
  for (const [size, viewport] of [['desktop', undefined], ['phone', PHONE]])
    test(`axe finds nothing serious, open and closed, ${theme}, ${size}`, async () => {
      const { page: at, panel, field, visitor } = await page({ key, model: 'smollm2', title: 'Help' }, { theme, ...(viewport ? { viewport } : {}) });
      assert.deepEqual(await problems(at), []);
      await at.getByRole('button', { name: 'Open the chat: Help' }).click();
      await field.fill('Say hello.');
      await field.press('Enter');
      await eventually(async () => (await panel.getByRole('log').getAttribute('aria-busy')) === 'false', 'the answer ends');
      assert.deepEqual(await problems(at), []);
      assert.equal(await at.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
      await visitor.leave();
    });

test('shows hostile answers as text', async () => {
  const { page: at, panel, field, visitor } = await page({ key, model: 'smollm2', open: '' });
  const executed = [];
  await visitor.context.exposeBinding('xss', (_source, n) => executed.push(n));
  const pieces = PAYLOADS.join('\n\n').match(/[^]{1,29}/g);
  const body = [...pieces.map((content) => ({ choices: [{ delta: { content }, finish_reason: null }] })), { choices: [{ delta: {}, finish_reason: 'stop' }] }].map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('');
  await visitor.context.route('**/v1/chat/completions', (route) => route.fulfill({ contentType: 'text/event-stream', body: `${body}data: [DONE]\n\n` }));
  await at.reload();
  await field.fill('x');
  await field.press('Enter');
  await eventually(async () => (await panel.getByRole('log').getAttribute('aria-busy')) === 'false' && (await panel.locator('[part~=assistant]').innerText()).length > 1000, 'the whole answer');
  const tags = await at.evaluate(() => {
    const answer = document.querySelector('fragua-chat').shadowRoot.querySelector('[part~=assistant]');
    return [[...new Set([...answer.querySelectorAll('*')].map((element) => element.tagName))], [...answer.querySelectorAll('a')].map((link) => link.protocol)];
  });
  for (const tag of tags[0]) assert.ok(['P', 'STRONG', 'CODE', 'PRE', 'UL', 'OL', 'LI', 'A'].includes(tag), tag);
  for (const protocol of tags[1]) assert.match(protocol, /^https?:$/);
  assert.deepEqual(executed, []);
});
