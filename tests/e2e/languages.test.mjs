// Spanish and English: each from the first page to the last, and changed by hand.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { PAGES, richConversation, settled } from './support/pages.mjs';
import { PASSWORD, World } from './support/world.mjs';

const read = async (language) => JSON.parse(await readFile(new URL(`../../web/messages/${language}.json`, import.meta.url), 'utf8'));
const messages = { es: await read('es'), en: await read('en') };

/** What a page says that belongs to the other language, or to none: a key without its text. */
function foreignIn(texts, language) {
  const other = language === 'es' ? 'en' : 'es';
  const own = new Set(Object.values(messages[language]));
  const theirs = new Set(Object.values(messages[other]).filter((text) => !own.has(text) && /\s/.test(text)));
  const keys = new Set(Object.keys(messages.en));
  return texts.filter((text) => theirs.has(text) || keys.has(text) || /\{\w+\}/.test(text));
}

/** Everything that a person reads or hears in the page's language; what is marked as of another language is left out. Runs in the page. */
function textsOf() {
  const { lang } = document.documentElement;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [document.title.replace(/ · Fragua$/, '')];
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest(`.prose, code, pre, [lang]:not([lang="${lang}"])`)) texts.push(walker.currentNode.textContent);
  for (const element of document.querySelectorAll('[aria-label], [placeholder], [title]')) texts.push(...['aria-label', 'placeholder', 'title'].map((name) => element.getAttribute(name) ?? ''));
  return texts.map((text) => text.replace(/\s+/g, ' ').trim()).filter(Boolean);
}

const world = await World.create();

test('the first run speaks the language of the browser, and the one that is chosen', async () => {
  const stranger = await world.stranger({ language: 'es' });
  const { page } = stranger;
  await stranger.visit('/');
  await page.getByRole('heading', { name: 'Te damos la bienvenida a Fragua' }).waitFor();
  assert.equal(await page.getAttribute('html', 'lang'), 'es');
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'Welcome to Fragua' }).waitFor();
  assert.equal(await page.getAttribute('html', 'lang'), 'en');
  await page.getByRole('button', { name: 'Español' }).click();
  await page.getByLabel('Nombre', { exact: true }).fill('Ana');
  await page.getByLabel('Contraseña', { exact: true }).fill(PASSWORD);
  await page.getByLabel('Repite la contraseña', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Crear cuenta' }).click();
  await page.getByRole('button', { name: 'Cuenta de Ana' }).waitFor();
  stranger.name = 'Ana';
  world.boss = stranger;
});

test('a chat in Spanish', async () => {
  await world.models();
  const { page } = world.boss;
  await world.boss.visit('/');
  await page.getByRole('textbox', { name: 'Escribe un mensaje' }).fill('Hola.');
  await page.getByRole('button', { name: 'Enviar' }).click();
  await page.getByRole('article', { name: /^Respuesta de / }).waitFor();
  await page.getByText('La respuesta está completa.').waitFor({ state: 'attached' });
});

for (const language of ['es', 'en'])
  test(`no page in ${language} says anything in the other language`, async (t) => {
    const places = await richConversation(world.boss);
    const person = await world.signIn('Ana', { language });
    for (const [name, path] of PAGES) {
      await person.visit(path(places));
      await settled(person.page);
      assert.equal(await person.page.getAttribute('html', 'lang'), language, name);
      const texts = await person.page.evaluate(textsOf);
      assert.ok(texts.length > 5, name);
      assert.deepEqual(foreignIn(texts, language), [], name);
    }
    t.diagnostic(`${PAGES.length} pages`);
    await person.leave();
  });

test('the language that is chosen in the settings holds on every device', async () => {
  const person = await world.signIn('Ana', { language: 'en' });
  const { page } = person;
  await person.visit('/settings');
  await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
  await page.getByRole('radiogroup', { name: 'Language' }).getByText('Español').click();
  await page.getByRole('heading', { name: 'Ajustes', level: 1 }).waitFor();
  const elsewhere = await world.signIn('Ana', { language: 'en' });
  await elsewhere.visit('/');
  await elsewhere.page.getByRole('textbox', { name: 'Escribe un mensaje' }).waitFor();
});
