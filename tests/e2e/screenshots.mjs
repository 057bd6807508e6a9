// Pictures of every page: two themes, two languages, desktop and phone, below screenshots/ (which git ignores). To be looked at, not compared.
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Chat } from './support/chat.mjs';
import { PAGES, richConversation, settled } from './support/pages.mjs';
import { Server } from './support/server.mjs';
import { DESKTOP, launch, PASSWORD, PHONE, World } from './support/world.mjs';

const FOLDER = fileURLToPath(new URL('screenshots', import.meta.url));
const LOOKS = ['en', 'es'].flatMap((language) => ['light', 'dark'].flatMap((theme) => [['desktop', DESKTOP], ['phone', PHONE]].map(([size, viewport]) => ({ language, theme, size, viewport }))));

await rm(FOLDER, { recursive: true, force: true });
const world = new World();
world.browser = await launch();
world.server = await Server.start(['sign_up=pending']);
let count = 0;

async function shoot(page, { language, theme, size }, name) {
  const folder = join(FOLDER, `${language}-${theme}-${size}`);
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  ++count;
}

/** Pages of somebody who is not signed in. */
async function outside(name, path, prepare = async () => {}) {
  for (const look of LOOKS) {
    const stranger = await world.stranger(look);
    await prepare(stranger, look);
    await stranger.visit(path);
    await settled(stranger.page);
    await shoot(stranger.page, look, name);
    await stranger.leave();
  }
}

async function inside(look, places) {
  const person = await world.signIn('Ana', look);
  for (const [name, path] of PAGES) {
    await person.visit(path(places));
    await settled(person.page);
    await shoot(person.page, look, name);
  }
  const { page } = person;
  const openings = [
    ['picker', '/', /^(Model|Modelo): /],
    ['settings-of-chat', '/', /^(Chat settings|Ajustes del chat)$/],
    ['menu', `/c/${places.id}`, /^(Options of|Opciones de) /],
  ];
  for (const [name, path, button] of openings) {
    await person.visit(path);
    await settled(page);
    await page.getByRole('main').getByRole('button', { name: button }).click();
    await page.getByRole('menu').or(page.getByRole('dialog')).or(page.getByRole('listbox')).first().waitFor();
    await shoot(page, look, name);
  }
  await person.leave();
}

try {
  await outside('first-run', '/');
  const ana = await world.admin();
  await world.models();
  for (const name of ['Luis', 'María del Carmen', 'Zoë']) await ana.call('POST', '/api/v1/users', { name, password: PASSWORD, role: 'member' });
  await ana.call('POST', '/api/v1/groups', { name: 'Research' });
  for (const name of ['laptop', 'web shop']) await ana.call('POST', '/api/v1/keys', { name, scopes: ['infer'] });
  const places = await richConversation(ana);
  await ana.visit('/');
  const chat = new Chat(ana.page);
  for (const question of ['What is the capital of France?', 'Write a haiku about rain.']) {
    await ana.visit('/');
    await chat.choose('smollm2');
    await chat.askAndWait(question);
  }
  await outside('sign-in', '/');
  await outside('sign-up', '/sign-up');
  await outside('pending', '/', (stranger, { language, theme, size }) => stranger.call('POST', '/api/v1/sign-up', { name: `Eva ${language} ${theme} ${size}`, password: PASSWORD }));
  for (const look of LOOKS) await inside(look, places);
  console.log(`${count} pictures in ${FOLDER}`);
  for (const complaint of world.complaints) console.log(complaint);
} finally {
  await world.browser.close();
  await world.server.stop();
}
