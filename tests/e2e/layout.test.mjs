// Phone width: no page scrolls sideways, and what a person needs can be reached.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { Chat } from './support/chat.mjs';
import { assertFits } from './support/fits.mjs';
import { PAGES, richConversation, settled } from './support/pages.mjs';
import { PHONE, World } from './support/world.mjs';

const world = await World.create({ settings: ['sign_up=open'] });
let ana, page, places;

test('first run', async () => {
  const stranger = await world.stranger({ viewport: PHONE });
  await stranger.visit('/');
  await settled(stranger.page);
  await assertFits(stranger.page, 'first run');
  await stranger.leave();
  ana = await world.admin({ viewport: PHONE });
  page = ana.page;
  await world.models();
  places = await richConversation(ana);
});

test('sign in and sign up', async () => {
  const stranger = await world.stranger({ viewport: PHONE });
  for (const path of ['/', '/sign-up']) {
    await stranger.visit(path);
    await settled(stranger.page);
    await assertFits(stranger.page, path);
  }
});

for (const [name, path] of PAGES) {
  test(name, async () => {
    await ana.visit(path(places));
    await settled(page);
    await assertFits(page, name);
  });
}

test('the sidebar opens as a drawer, leads to a conversation and closes again', async () => {
  await ana.visit('/');
  await settled(page);
  await page.getByRole('button', { name: 'Show the sidebar' }).click();
  const drawer = page.getByRole('navigation', { name: 'Conversations' });
  await drawer.waitFor();
  await assertFits(page, 'the drawer');
  await drawer.getByRole('link', { name: /Rivers/ }).click();
  await new Chat(page).answers.first().waitFor();
  await drawer.waitFor({ state: 'hidden' });
});

test('the settings of a chat open as a sheet that can be closed', async () => {
  await page.getByRole('button', { name: 'Chat settings' }).click();
  await page.getByRole('dialog').waitFor();
  await assertFits(page, 'the sheet');
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
});

test('a chat works', async () => {
  await ana.visit('/');
  const chat = new Chat(page);
  await chat.choose('smollm2');
  await chat.askAndWait('Say hello.');
  assert.ok((await chat.said()).length > 0);
  await assertFits(page, 'a chat');
});
