// axe-core on every page, in both themes: no serious and no critical finding. Also the dialogs and menus that pages open.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { problems } from './support/axe.mjs';
import { PAGES, richConversation, settled } from './support/pages.mjs';
import { PHONE, World } from './support/world.mjs';

const THEMES = ['light', 'dark'];
const world = await World.create({ settings: ['sign_up=pending'] });
let places;

async function check(page) {
  assert.deepEqual(await problems(page), []);
}

test('the check finds what is wrong', async () => {
  const stranger = await world.stranger();
  await stranger.page.setContent('<html lang="en"><title>t</title><main><h1>h</h1><input><p style="color:#ccc;background:#fff">pale</p><button></button></main></html>');
  const found = (await problems(stranger.page)).map((line) => line.split(' ')[1]);
  assert.deepEqual(found.sort(), ['button-name:', 'color-contrast:', 'label:']);
  await stranger.leave();
});

for (const theme of THEMES) {
  test(`first run, ${theme}`, async () => {
    const stranger = await world.stranger({ theme });
    await stranger.visit('/');
    await settled(stranger.page);
    await check(stranger.page);
    await stranger.leave();
  });
}

test('an administrator and a conversation to look at', async () => {
  const ana = await world.admin();
  await world.models();
  places = await richConversation(ana);
  await ana.leave();
});

for (const theme of THEMES) {
  test(`sign in and sign up, ${theme}`, async () => {
    const stranger = await world.stranger({ theme });
    for (const path of ['/', '/sign-up']) {
      await stranger.visit(path);
      await settled(stranger.page);
      await check(stranger.page);
    }
    await stranger.leave();
  });

  test(`a pending account, ${theme}`, async () => {
    const stranger = await world.stranger({ theme });
    await stranger.call('POST', '/api/v1/sign-up', { name: `Eva ${theme}`, password: 'caballo correcto' });
    await stranger.visit('/');
    await stranger.page.getByRole('heading', { name: 'Almost there' }).waitFor();
    await check(stranger.page);
    await stranger.leave();
  });

  for (const [name, path] of PAGES) {
    test(`${name}, ${theme}`, async () => {
      const person = await world.signIn('Ana', { theme });
      await person.visit(path(places));
      await settled(person.page);
      await check(person.page);
      await person.leave();
    });
  }

  test(`what opens over the pages, ${theme}`, async () => {
    const person = await world.signIn('Ana', { theme });
    const { page } = person;
    const openings = [
      ['/', () => page.getByRole('button', { name: /^Model: / }).click(), 'listbox'],
      ['/', () => page.getByRole('button', { name: 'Chat settings' }).click(), 'dialog'],
      ['/', () => page.getByRole('button', { name: 'Account of Ana' }).click(), 'menu'],
      ['/', () => page.keyboard.press('?'), 'dialog'],
      [`/c/${places.id}`, () => page.locator('header').getByRole('button', { name: /^Options of / }).click(), 'menu'],
      ['/models', () => page.getByRole('button', { name: 'Create from a Modelfile' }).click(), 'dialog'],
      ['/models', () => page.getByRole('button', { name: 'Upload a GGUF' }).click(), 'dialog'],
    ];
    for (const [path, open, role] of openings) {
      await person.visit(path);
      await settled(page);
      await page.evaluate(() => document.activeElement?.blur());
      await open();
      await page.getByRole(role).first().waitFor();
      await check(page);
    }
    await person.leave();
  });

  test(`the menu of a phone, ${theme}`, async () => {
    const person = await world.signIn('Ana', { theme, viewport: PHONE });
    await person.visit('/');
    await settled(person.page);
    await person.page.getByRole('button', { name: 'Show the sidebar' }).click();
    await person.page.getByRole('navigation', { name: 'Conversations' }).waitFor();
    await check(person.page);
    await person.leave();
  });
}

test('every page has a title of its own, in the tab and above its content', async () => {
  const person = await world.signIn('Ana');
  const titles = new Map();
  for (const [name, path] of PAGES) {
    await person.visit(path(places));
    await settled(person.page);
    // An answer may begin with a heading of its own.
    assert.equal(await person.page.locator('h1:not(article h1)').count(), 1, `${name} has one main heading`);
    titles.set(name, await person.page.title());
  }
  for (const [name, title] of titles) assert.match(title, /\S.* · Fragua$/, name);
  const pages = ['new-chat', 'temporary', 'compare', 'models', 'documents', 'collection', 'settings-general', 'administration-users', 'dashboard', 'reference', 'not-found', 'conversation'];
  assert.equal(new Set(pages.map((name) => titles.get(name))).size, pages.length, JSON.stringify([...titles]));
});

test('a question can be asked and an answer read with the keyboard alone', async () => {
  const person = await world.signIn('Ana');
  const { page } = person;
  await person.visit('/');
  await settled(page);
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press('/');
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Write a message');
  await page.keyboard.type('Say hello.');
  await page.keyboard.press('Enter');
  await page.getByRole('article', { name: /^Answer of / }).waitFor();
  await page.getByText('The answer is complete.').waitFor({ state: 'attached' });
});
