// Stored cross-site scripting: 500 payloads in every place where people or models write. None may run, none may fetch, and none may leave
// anything in the page that would run at a click. Everything is read twice: under the content security policy, and in a browser that ignores it,
// because the policy is the second wall and the first one must hold alone.
import { after, test } from 'node:test';
import assert from 'node:assert/strict';
import { Chat } from './support/chat.mjs';
import { Elsewhere } from './support/elsewhere.mjs';
import { PAYLOADS, shortPayloads } from './support/payloads.mjs';
import { settled } from './support/pages.mjs';
import { eventually } from './support/waiting.mjs';
import { PASSWORD, World } from './support/world.mjs';

const A_CONVERSATION = 25;
const NAME_LENGTH = 64;
const USERS = 60;
const KEYS = 90;

const elsewhere = await Elsewhere.start();
after(() => elsewhere.stop());
const world = await World.create({ elsewhere: elsewhere.address });
const executed = new Set();

// Chromium checks handlers and <base> against the policy also while DOMPurify parses in a document of its own, where nothing can run. That nothing does
// is what the browser without the policy shows.
const WALLS = { 'under the policy': { tolerates: /^(Executing inline event handler|Setting the document's base URI to \S+) violates/ }, 'without the policy': { bypassCSP: true } };

async function hooked(person) {
  await person.context.exposeBinding('xss', (_source, n) => executed.add(n));
  return person;
}

/** What is in the document and should not be. Runs in the page. */
function dangerous() {
  const found = [];
  const RUNS = /^[\s\u0000-\u0020]*(javascript|vbscript|data:text|data:image\/svg|blob):?/i;
  const ELEMENTS = 'script, iframe, frame, object, embed, base, meta[http-equiv], link, form[action], [formaction], foreignObject, animate, set, use:not([href^="#"]), marquee, template, dialog, audio, video, source, track, portal';
  // What the app itself loads, page by page.
  const isOurs = (element) => element.parentElement === document.head && (element.src ?? element.href ?? '').startsWith(`${location.origin}/`) && element.matches('script, link');
  for (const element of document.querySelectorAll(ELEMENTS)) if (!isOurs(element)) found.push(element.outerHTML.slice(0, 160));
  for (const element of document.querySelectorAll('*')) {
    if (isOurs(element)) continue;
    for (const { name, value } of element.attributes) {
      const loads = ['href', 'src', 'srcset', 'xlink:href', 'action', 'poster', 'data', 'background', 'ping', 'cite'].includes(name);
      if (name.startsWith('on') || name === 'srcdoc') found.push(`${name} on ${element.tagName}`);
      else if (loads && RUNS.test(value)) found.push(`${name}=${value.slice(0, 80)} on ${element.tagName}`);
      else if (loads && element.tagName !== 'A' && /^(https?:)?\/\//i.test(value)) found.push(`${name}=${value.slice(0, 80)} on ${element.tagName}`);
      else if (name === 'style' && /url\(|expression|@import/i.test(value)) found.push(`style=${value.slice(0, 80)}`);
    }
    if (element.tagName === 'STYLE' && /elsewhere/.test(element.textContent)) found.push('a style of somebody');
  }
  return found;
}

async function assertHarmless(page, what) {
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  assert.deepEqual(await page.evaluate(dangerous), [], what);
  const ran = [...executed];
  executed.clear();
  assert.deepEqual(ran, [], `${what}: executed`);
  assert.deepEqual(elsewhere.calls.splice(0), [], `${what}: requests to elsewhere`);
  assert.deepEqual(world.complaints.splice(0), [], what);
}

/** Shows what is folded: reasoning, files, parts of a Modelfile. */
function unfold(page) {
  return page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
}

/** All of a list that loads more at its end. */
async function scrollToEnd(page, items, count) {
  await eventually(async () => {
    await items.last().scrollIntoViewIfNeeded();
    return (await items.count()) >= count;
  }, `${count} entries`);
}

const ana = await world.admin();
await world.models();
const readers = [];
for (const options of Object.values(WALLS)) readers.push(await hooked(await world.signIn('Ana', options)));

/** The same look at something, by each reader. */
async function each(look) {
  for (const [i, wall] of Object.keys(WALLS).entries()) await look(readers[i], readers[i].page, wall);
}

test('the payloads are real: a page that trusts them runs them and lets them fetch', async (t) => {
  const context = await world.browser.newContext();
  const ran = new Set();
  await context.exposeBinding('xss', (_source, n) => ran.add(n));
  const page = await context.newPage();
  await page.goto(`http://${elsewhere.address}/trusting`);
  for (let from = 0; from < PAYLOADS.length; from += A_CONVERSATION) {
    await page.evaluate(async (payloads) => {
      const loads = payloads.map((payload) => {
        const frame = document.createElement('iframe');
        frame.srcdoc = payload;
        const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
        document.body.append(frame);
        return loaded;
      });
      await Promise.all(loads);
    }, PAYLOADS.slice(from, from + A_CONVERSATION));
  }
  await eventually(() => ran.size >= 200, '200 payloads run');
  await eventually(() => new Set(elsewhere.calls).size >= 15, '15 payloads fetch');
  t.diagnostic(`${ran.size} of ${PAYLOADS.length} ran by themselves, ${elsewhere.calls.length} requests left`);
  await context.close();
  elsewhere.calls.length = 0;
});

test('what people and models wrote: text, reasoning, Markdown, TeX, SVG, links', async () => {
  const conversations = [];
  for (let from = 0; from < PAYLOADS.length; from += A_CONVERSATION) {
    const messages = [];
    for (const [i, payload] of PAYLOADS.slice(from, from + A_CONVERSATION).entries()) {
      const parent = messages.at(-1)?.id ?? '';
      messages.push({ id: `q${i}`, parent_id: parent, role: 'user', content: payload });
      messages.push({ id: `a${i}`, parent_id: `q${i}`, role: 'assistant', content: payload, thinking: payload, model: payload, error: payload, status: i % 5 === 4 ? 'failed' : 'done' });
    }
    conversations.push({ title: `Batch ${from}`, messages, current_message_id: messages.at(-1).id });
  }
  const { imported } = await ana.call('POST', '/api/v1/conversations/import', conversations);
  assert.equal(imported, conversations.length);
  const { conversations: listed } = await ana.call('GET', '/api/v1/conversations?limit=50');
  assert.equal(listed.length, conversations.length);
  await each(async (reader, page, wall) => {
    const chat = new Chat(page);
    for (const { id, title } of listed) {
      await reader.visit(`/c/${id}`);
      await chat.answers.first().waitFor();
      await eventually(async () => {
        await page.getByRole('region', { name: 'Messages' }).evaluate((region) => region.scrollTo(0, 0));
        return (await chat.answers.count()) === A_CONVERSATION;
      }, `all answers of ${title}`);
      await unfold(page);
      await page.waitForLoadState('networkidle');
      await assertHarmless(page, `${title} ${wall}`);
    }
  });
});

test('an answer while it streams, and a question while it is typed', async () => {
  const times = { created_at: '2026-01-01T00:00:00Z', images: [], thinking: '', figures: null, rating: 0, error: '', done_reason: '', model: 'smollm2', collections: [], sources: [], sufficient: null };
  const question = { ...times, id: 'q', parent_id: null, role: 'user', content: PAYLOADS.join('\n\n'), status: 'done', siblings: ['q'] };
  const answer = { ...times, id: 'a', parent_id: 'q', role: 'assistant', content: '', status: 'running', siblings: ['a'] };
  // The pieces end inside words, tags and fences.
  const pieces = PAYLOADS.slice(0, 200).join('\n\n').match(/[^]{1,17}/g);
  const events = [{ type: 'message', message: question }, { type: 'answer', message: answer }, ...pieces.map((content) => ({ type: 'delta', content })), { type: 'done', message: { ...answer, status: 'done', content: pieces.join('') } }];
  const body = events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');
  await each(async (reader, page, wall) => {
    const chat = new Chat(page);
    await reader.visit('/');
    await chat.choose('smollm2');
    const streamed = (route) => (route.request().method() === 'POST' ? route.fulfill({ contentType: 'text/event-stream', body }) : route.fallback());
    await page.route('**/api/v1/conversations/*/messages', streamed);
    await chat.field.fill(question.content);
    await chat.send.click();
    await chat.ended();
    await page.waitForLoadState('networkidle');
    await assertHarmless(page, `a streamed answer ${wall}`);
    await page.unroute('**/api/v1/conversations/*/messages', streamed);
  });
});

test('titles, folders and tags, also as hits of a search', async () => {
  // Short, so that the title is kept whole; the word is what the search finds.
  const conversations = PAYLOADS.map((payload, i) => ({ title: payload, folder: `${i % 40} ${payload}`.slice(0, 60), tags: [payload.slice(0, 40)], messages: [{ id: 'q', role: 'user', content: `findme ${payload}` }] }));
  assert.equal((await ana.call('POST', '/api/v1/conversations/import', conversations)).imported, PAYLOADS.length);
  await each(async (reader, page, wall) => {
    await reader.visit('/');
    const entries = page.getByRole('navigation', { name: 'Conversations' }).getByRole('listitem');
    await entries.first().waitFor();
    await scrollToEnd(page, entries, PAYLOADS.length);
    await assertHarmless(page, `the list of conversations ${wall}`);
    await page.getByRole('button', { name: 'Filter conversations' }).click();
    await page.getByRole('menu').waitFor();
    await assertHarmless(page, `folders and tags ${wall}`);
    await page.keyboard.press('Escape');
    await page.getByRole('textbox', { name: 'Search' }).fill('findme');
    await page.locator('nav mark').first().waitFor();
    await scrollToEnd(page, entries, PAYLOADS.length);
    await assertHarmless(page, `hits of a search ${wall}`);
    await page.getByRole('textbox', { name: 'Search' }).fill('<img src=x onerror=xss(1)>');
    await page.waitForLoadState('networkidle');
    await assertHarmless(page, `a hostile search ${wall}`);
  });
});

test('menus, dialogs, the tab and the notice of a conversation whose title is hostile', async () => {
  const { conversations } = await ana.call('GET', '/api/v1/conversations?search=findme&limit=50');
  await each(async (reader, page, wall) => {
    // Each deletes what it looked at.
    for (const { id } of conversations.splice(0, 12)) {
      await reader.visit(`/c/${id}`);
      await page.getByRole('article', { name: 'You' }).first().waitFor();
      const menu = page.locator('header').getByRole('button', { name: /^Options of / });
      await menu.click();
      await page.getByRole('menuitem', { name: 'Tags' }).click();
      await page.getByRole('dialog').waitFor();
      await assertHarmless(page, `tags ${wall}`);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await menu.click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      await page.getByRole('button', { name: 'Undo' }).first().waitFor();
      await assertHarmless(page, `a notice ${wall}`);
    }
  });
});

test('a shared conversation, read by somebody else', async () => {
  const luis = await world.member('Luis');
  const { conversations } = await ana.call('GET', '/api/v1/conversations?search=Batch&limit=50');
  for (const [wall, options] of Object.entries(WALLS)) {
    const reader = await hooked(await world.signIn('Luis', options));
    for (const { id, title } of conversations.slice(0, 4)) {
      const { share_id } = await ana.call('POST', `/api/v1/conversations/${id}/share`);
      await reader.visit(`/shared/${share_id}`);
      await reader.page.getByText('Shared by Ana').waitFor();
      await reader.page.waitForLoadState('networkidle');
      await assertHarmless(reader.page, `shared ${title} ${wall}`);
    }
    await reader.leave();
  }
  await luis.leave();
});

test('names of people and of groups, in the administration and in its log', async () => {
  const names = shortPayloads(NAME_LENGTH);
  for (const name of names.slice(0, USERS)) await ana.call('POST', '/api/v1/users', { name, password: PASSWORD, role: 'member' });
  for (const name of names) await ana.call('POST', '/api/v1/groups', { name });
  await each(async (reader, page, wall) => {
    for (const section of ['users', 'groups', 'audit', 'settings', 'backup']) {
      await reader.visit(`/administration/${section}`);
      await settled(page);
      await page.waitForLoadState('networkidle');
      await assertHarmless(page, `${section} ${wall}`);
    }
    await reader.visit('/administration');
    for (const [item, inside] of [['Edit', 'checkbox'], ['Delete', 'button']]) {
      await page.getByRole('button', { name: /^Options of </ }).first().click();
      await page.getByRole('menuitem', { name: item }).click();
      await page.getByRole('dialog').getByRole(inside).first().waitFor();
      await assertHarmless(page, `${item} ${wall}`);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
  });
});

test('a person whose name is hostile', async () => {
  for (const name of shortPayloads(NAME_LENGTH).slice(0, 8)) {
    const person = await hooked(await world.signIn(name, WALLS['without the policy']));
    await person.visit('/');
    await person.page.getByRole('heading', { name: `Hello, ${name}`, exact: true }).waitFor();
    await person.page.getByRole('button', { name: `Account of ${name}`, exact: true }).click();
    await assertHarmless(person.page, `the account of ${name}`);
    await person.leave();
  }
});

test('names of keys, and of the browsers of sessions', async () => {
  for (const name of shortPayloads(NAME_LENGTH).slice(0, KEYS)) await ana.call('POST', '/api/v1/keys', { name, scopes: ['infer'] });
  for (const agent of PAYLOADS.filter((payload) => /^[\x20-\x7e]+$/.test(payload)).slice(0, 20))
    await fetch(`${world.server.url}/api/v1/session`, { method: 'POST', headers: { 'User-Agent': agent, 'Content-Type': 'application/json' }, body: JSON.stringify({ name: 'Ana', password: PASSWORD }) });
  await each(async (reader, page, wall) => {
    for (const section of ['general', 'keys', 'sessions', 'account', 'data']) {
      await reader.visit(`/settings/${section}`);
      await settled(page);
      await page.waitForLoadState('networkidle');
      await assertHarmless(page, `${section} ${wall}`);
    }
  });
});

test('what a model says of itself, and errors that repeat a hostile name', async () => {
  const { key } = await ana.call('POST', '/api/v1/keys', { name: 'models', scopes: ['models:read', 'models:write'] });
  const hostile = PAYLOADS.slice(0, 120).filter((payload) => !payload.includes('"""')).join('\n');
  await world.server.create(key, 'hostile', `SYSTEM """${hostile}"""`, `LICENSE """${hostile}"""`);
  for (const model of PAYLOADS.slice(0, 20)) await ana.context.request.post(`${world.server.url}/api/chat`, { data: { model, messages: [{ role: 'user', content: 'x' }] } });
  await each(async (reader, page, wall) => {
    await reader.visit('/models');
    await page.getByRole('button', { name: /^hostile/ }).first().click();
    await page.getByRole('dialog').getByRole('region').first().waitFor();
    await unfold(page);
    await assertHarmless(page, `a model ${wall}`);
    await reader.visit('/dashboard');
    await settled(page);
    await assertHarmless(page, `the dashboard ${wall}`);
  });
});

test('addresses, and names of files that are attached', async () => {
  await each(async (reader, page, wall) => {
    for (const payload of PAYLOADS.slice(0, 20)) {
      for (const place of ['c', 'shared', 'settings', 'administration']) {
        await reader.visit(`/${place}/${encodeURIComponent(payload)}?q=${encodeURIComponent(payload)}#${encodeURIComponent(payload)}`);
        await page.getByRole('heading').or(page.getByRole('alert')).first().waitFor({ state: 'attached' });
      }
      await assertHarmless(page, `an address with ${payload} ${wall}`);
    }
    await reader.visit('/');
    await page.locator('input[type=file]').first().setInputFiles(PAYLOADS.slice(0, 40).map((payload) => ({ name: `${payload}.txt`, mimeType: 'text/plain', buffer: Buffer.from(payload) })));
    await page.getByRole('button', { name: /^Remove / }).nth(39).waitFor();
    await assertHarmless(page, `attached files ${wall}`);
    const chat = new Chat(page);
    await chat.choose('smollm2');
    await chat.field.fill('What is in these files?');
    await chat.send.click();
    await chat.ended();
    await unfold(page);
    await assertHarmless(page, `files in a question ${wall}`);
  });
});
