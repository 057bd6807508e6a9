// Phone width: no page scrolls sideways, and what a person needs can be reached.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { Chat } from './support/chat.mjs';
import { PAGES, richConversation, settled } from './support/pages.mjs';
import { PHONE, World } from './support/world.mjs';

const world = await World.create({ settings: ['sign_up=open'] });
let ana, page, places;

/** Elements that stick out of the window and are not inside a box that scrolls or cuts by itself. */
function stickingOut() {
  const width = document.documentElement.clientWidth;
  const inBox = (element) => {
    for (let at = element.parentElement; at; at = at.parentElement) {
      const { overflowX } = getComputedStyle(at);
      // A box that scrolls counts only while it is inside the window itself.
      if (overflowX !== 'visible' && at !== document.body && at.getBoundingClientRect().right <= width + 1) return true;
    }
    return false;
  };
  return [...document.body.querySelectorAll('*')]
    .filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width > 1 && box.height > 1 && (box.right > width + 1 || box.left < -1) && !inBox(element) && getComputedStyle(element).visibility !== 'hidden';
    })
    .map((element) => `${element.tagName.toLowerCase()}.${element.className}`.slice(0, 120));
}

async function assertFits(page, what) {
  const [scrolls, boxes] = await page.evaluate(() => [
    document.documentElement.scrollWidth > document.documentElement.clientWidth,
    // The page's own scrolling box: as wide as the window and high. A strip of tabs may scroll, as a table may.
    [...document.querySelectorAll('*')]
      .filter((element) => ['auto', 'scroll'].includes(getComputedStyle(element).overflowY) && element.clientWidth > 300 && element.clientHeight > innerHeight / 3 && element.scrollWidth > element.clientWidth + 1 && !element.matches('pre, table, .table-wrap'))
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}`.slice(0, 120)),
  ]);
  assert.equal(scrolls, false, `${what} scrolls sideways`);
  assert.deepEqual(boxes, [], `${what}: boxes that scroll sideways`);
  assert.deepEqual(await page.evaluate(stickingOut), [], `${what}: sticks out`);
}

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
