// Documents: collections, files on their way and being read, previews, answers with their sources, the search explained, sharing.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { problems } from './support/axe.mjs';
import { Chat } from './support/chat.mjs';
import { ANSWER_MS, Documents, FILES, PASSWORD_OF_FILE, place } from './support/documents.mjs';
import { assertFits } from './support/fits.mjs';
import { settled } from './support/pages.mjs';
import { eventually } from './support/waiting.mjs';
import { PHONE, World } from './support/world.mjs';

// What DOMPurify meets in a document of its own, where nothing can run; xss.test.mjs shows that nothing does.
const PARSED = /^Executing inline event handler violates/;

const world = await World.create();
const ana = await world.admin({ tolerates: PARSED });
await world.documentModels();
const paths = await place(world.server.folder);
const { page } = ana;
const documents = new Documents(page);
const RETURNS = 'Within how many days can tickets be returned?';
let collection;

const lastPart = () => new URL(page.url()).pathname.split('/').at(-1);
const all = async () => (await ana.call('GET', `/api/v1/collections/${collection}/documents`)).documents;
const idOf = async (name) => (await all()).find((document) => document.name === name)?.id;

test('a collection is made from the navigation, and has an address, a title and a way back', async () => {
  await ana.visit('/');
  await page.getByRole('navigation', { name: 'Conversations' }).getByRole('link', { name: 'Documents' }).click();
  await page.getByRole('heading', { name: 'Documents', level: 1 }).waitFor();
  await page.getByText('No collections yet').waitFor();
  await page.getByRole('button', { name: 'New collection' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Ticket shop');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Ticket shop', level: 1 }).waitFor();
  collection = lastPart();
  assert.equal(await page.title(), 'Ticket shop · Fragua');
  await page.getByText('No documents yet').waitFor();
  await page.goBack();
  await page.getByRole('link', { name: /^Ticket shop/ }).waitFor();
  await page.goForward();
  await page.getByRole('heading', { name: 'Ticket shop', level: 1 }).waitFor();
});

test('files are uploaded in their order, read, and say why they could not be', async () => {
  await documents.upload(paths['tickets.pdf'], paths['gimnasio.md'], paths['broken.pdf'], paths['payroll.pdf']);
  const sending = page.getByRole('list', { name: 'Files on their way' });
  await sending.waitFor();
  await documents.is('tickets.pdf', 'Ready');
  await documents.is('gimnasio.md', 'Ready');
  await documents.is('broken.pdf', 'Not read');
  await documents.row('broken.pdf').getByText(/^The file is damaged/).waitFor();
  await documents.is('payroll.pdf', 'Not read');
  await documents.row('payroll.pdf').getByText(/takes a password/).waitFor();
  await documents.row('tickets.pdf').getByText('3 pages').waitFor();
  assert.deepEqual((await all()).map(({ name }) => name), ['payroll.pdf', 'broken.pdf', 'gimnasio.md', 'tickets.pdf']);
  await sending.waitFor({ state: 'detached' });
});

test('a file that is dropped on the page is taken; the same file again is known', async () => {
  await documents.drop('dropped.txt', FILES['dropped.txt']);
  await documents.is('dropped.txt', 'Ready');
  await documents.drop('again.txt', FILES['dropped.txt']);
  await page.getByText('It was here already.').waitFor();
  assert.equal((await all()).length, 5);
});

test('a protected file asks for its password until it is the right one', async () => {
  const give = documents.row('payroll.pdf').getByRole('button', { name: 'Give the password: payroll.pdf' });
  const field = page.getByRole('dialog').getByLabel('Password');
  await give.click();
  assert.equal(await field.getAttribute('type'), 'password');
  await field.fill('wrong');
  await page.keyboard.press('Enter');
  await documents.row('payroll.pdf').getByText('The password does not open it.').waitFor();
  await give.click();
  await field.fill(PASSWORD_OF_FILE);
  await page.keyboard.press('Enter');
  await documents.is('payroll.pdf', 'Ready');
});

test('the list is searched and filtered, and rests when nothing is being read', async () => {
  await page.getByRole('searchbox', { name: 'Search by name' }).fill('pay');
  await documents.row('tickets.pdf').waitFor({ state: 'detached' });
  await documents.row('payroll.pdf').waitFor();
  await page.getByRole('searchbox', { name: 'Search by name' }).fill('');
  await page.getByRole('button', { name: /^Not read/ }).click();
  await documents.row('tickets.pdf').waitFor({ state: 'detached' });
  await documents.row('broken.pdf').waitFor();
  await page.getByRole('button', { name: /^All/ }).click();
  await documents.row('tickets.pdf').waitFor();
  const asked = [];
  const note = (request) => asked.push(request.url());
  page.on('request', note);
  await page.waitForTimeout(4_000);
  page.off('request', note);
  assert.deepEqual(asked.filter((url) => url.includes('/documents')), []);
});

test('a document is read page by page, with its picture and its text', async () => {
  await documents.row('tickets.pdf').getByRole('link').click();
  await page.getByRole('heading', { name: 'tickets.pdf', level: 1 }).waitFor();
  const picture = page.getByRole('img', { name: 'page 1' });
  await eventually(() => picture.evaluate((image) => image.complete && image.naturalWidth > 500), 'the picture of the page');
  await page.getByRole('button', { name: 'Next page' }).click();
  await page.getByRole('region', { name: 'Text' }).getByText('within 15 days').waitFor();
  assert.match(page.url(), /\?page=2$/);
  await page.reload();
  await page.getByRole('region', { name: 'Text' }).getByText('within 15 days').waitFor();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download' }).click()]);
  assert.equal(file.suggestedFilename(), 'tickets.pdf');
  assert.ok((await readFile(await file.path())).equals(FILES['tickets.pdf']));
  await page.getByRole('link', { name: 'Back to the collection' }).click();
  await documents.row('tickets.pdf').waitFor();
});

test('what a document says stays text', async () => {
  await ana.visit(`/documents/${collection}/${await idOf('gimnasio.md')}`);
  await page.getByRole('region', { name: 'Text' }).getByText('32 euros').waitFor();
  assert.equal(await page.evaluate(() => globalThis.hurt), undefined);
  assert.equal(await page.locator('main section img, main section script').count(), 0);
});

test('an answer cites the page on which it stands, and shows the words there', async () => {
  await ana.visit(`/documents/${collection}?view=ask`);
  const answer = await documents.ask(RETURNS);
  assert.match(await answer.innerText(), /15/);
  const cite = answer.getByRole('button', { name: 'Source 1: tickets.pdf, page 2' }).first();
  await cite.click();
  await documents.panel.getByRole('heading', { name: 'tickets.pdf' }).waitFor();
  const mark = documents.panel.locator('.page-mark').last();
  await mark.waitFor();
  const [marked, picture] = [await mark.boundingBox(), await documents.panel.getByRole('img').boundingBox()];
  // The line stands in the upper quarter of the page: 72 points from its left, two lines below 720.
  const [left, top] = [(marked.x - picture.x) / picture.width, (marked.y - picture.y) / picture.height];
  assert.ok(left > 0.08 && left < 0.16, `left ${left}`);
  assert.ok(top > 0.1 && top < 0.2, `top ${top}`);
  assert.ok(marked.y >= 0 && marked.y + marked.height <= page.viewportSize().height, 'the mark is in sight');
  assert.deepEqual(await problems(page), []);
  await page.keyboard.press('Escape');
  await documents.panel.waitFor({ state: 'hidden' });
  assert.ok(await cite.evaluate((button) => button === document.activeElement), 'the focus is back where it was');
});

test('a source without pages shows the passage with the quote in it, in the language of the question', async () => {
  const answer = await documents.ask('¿Cuánto cuesta la cuota mensual del gimnasio?');
  assert.match(await answer.innerText(), /32/);
  await answer.getByRole('list', { name: 'Sources' }).getByRole('button', { name: /gimnasio\.md/ }).first().click();
  await documents.panel.locator('mark').filter({ hasText: '32 euros' }).waitFor();
  await documents.panel.getByRole('link', { name: 'Open the document' }).click();
  await page.getByRole('heading', { name: 'gimnasio.md', level: 1 }).waitFor();
  await page.goBack();
  await documents.answers.nth(1).waitFor();
});

test('a follow-up question goes with the conversation', async () => {
  const [request] = await Promise.all([page.waitForRequest('**/api/v1/ask'), documents.ask('And on which days is the counter closed?')]);
  const { history } = request.postDataJSON();
  assert.equal(history.length, 4);
  assert.deepEqual([history[0].role, history[0].content], ['user', RETURNS]);
  assert.doesNotMatch(history[1].content, /\[\d+\]/);
});

test('what is not in the documents is not claimed', async () => {
  await page.getByRole('button', { name: 'New conversation' }).click();
  const answer = await documents.ask('Who was the first person on the moon?');
  await answer.getByText('It is not in the documents.').waitFor();
  await answer.getByText('Nothing was made up.').waitFor();
  assert.equal(await answer.locator('button.cite').count(), 0);
});

test('an answer can be stopped, and asked for again', async () => {
  await page.getByRole('button', { name: 'New conversation' }).click();
  await documents.question.fill(RETURNS);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await documents.answers.last().getByText('Stopped.').waitFor();
  await documents.answers.last().getByRole('button', { name: 'Answer again' }).click();
  await documents.answers.last().locator('button.cite').first().waitFor({ timeout: ANSWER_MS });
});

test('a source in an office document shows its passage, and the page with the words once it is drawn', async () => {
  const file = join(world.server.folder, 'sauna.rtf');
  await writeFile(file, String.raw`{\rtf1\ansi The changing rooms are on the ground floor.\par The sauna can be used within 45 minutes of the training.\par}`);
  await ana.visit(`/documents/${collection}`);
  await documents.upload(file);
  await documents.is('sauna.rtf', 'Ready');
  await ana.visit(`/documents/${collection}?view=ask`);
  const answer = await documents.ask('Within how many minutes can the sauna be used?');
  await answer.getByRole('list', { name: 'Sources' }).getByRole('button', { name: /sauna\.rtf/ }).first().click();
  await documents.panel.locator('mark').filter({ hasText: '45 minutes' }).waitFor();
  await documents.panel.locator('.page-mark').first().waitFor();
  await documents.panel.getByRole('region', { name: 'Picture of sauna.rtf, page 1' }).waitFor();
  assert.deepEqual(await problems(page), []);
  await page.keyboard.press('Escape');
  await documents.panel.waitFor({ state: 'hidden' });
  await ana.call('DELETE', `/api/v1/documents/${await idOf('sauna.rtf')}`);
});

test('the search says what it found and why', async () => {
  await page.getByRole('link', { name: 'Passages' }).click();
  await page.getByRole('textbox', { name: 'Question' }).fill('returned tickets');
  await page.keyboard.press('Enter');
  const first = page.getByRole('list', { name: 'Passages' }).getByRole('listitem').first();
  await first.getByRole('button', { name: /^tickets\.pdf/ }).waitFor();
  const figures = await first.locator('dd').allInnerTexts();
  assert.match(figures[0], /^#\d+ · /);
  assert.match(figures[1], /^#\d+ · 0\.\d+/);
  assert.match(figures.at(-1), /^\d/);
  await first.getByText('Show the text').click();
  await first.locator('mark').filter({ hasText: 'returned' }).first().waitFor();
});

test('# in a chat asks the documents, with what was said before', async () => {
  await ana.visit('/temporary');
  const chat = new Chat(page);
  await chat.field.click();
  await page.keyboard.type('Within how many days #tick');
  await page.getByRole('option', { name: /^Ticket shop/ }).waitFor();
  assert.deepEqual(await problems(page), []);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Do not ask Ticket shop' }).waitFor();
  await page.keyboard.type('can tickets be returned?');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Ticket shop', level: 1 }).waitFor();
  await documents.answers.last().locator('button.cite').first().waitFor({ timeout: ANSWER_MS });
});

test('# in a stored chat keeps the answer there, with its sources and the page', async () => {
  await ana.visit('/');
  const chat = new Chat(page);
  await chat.field.click();
  await page.keyboard.type('Within how many days #tick');
  await page.getByRole('option', { name: /^Ticket shop/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.type('can tickets be returned?');
  await page.keyboard.press('Enter');
  const cite = page.locator('article button.cite').first();
  await cite.waitFor({ timeout: ANSWER_MS });
  assert.match(page.url(), /\/c\//);
  assert.deepEqual(await problems(page), []);
  await cite.click();
  await page.getByRole('dialog').getByRole('link', { name: 'Open the document' }).waitFor();
  await page.keyboard.press('Escape');
  await page.reload();
  await page.locator('article button.cite').first().waitFor({ timeout: ANSWER_MS });
  await page.getByRole('button', { name: 'Do not ask Ticket shop' }).waitFor();
});

test('the settings of a collection are kept', async () => {
  await ana.visit(`/documents/${collection}`);
  await documents.choose('Options of the collection Ticket shop', 'Settings of the collection');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('spinbutton', { name: 'Characters per passage' }).fill('800');
  await dialog.getByRole('spinbutton', { name: 'Repeated in the next' }).fill('100');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'hidden' });
  const { chunk_characters, chunk_overlap } = await ana.call('GET', `/api/v1/collections/${collection}`);
  assert.deepEqual([chunk_characters, chunk_overlap], [800, 100]);
});

test('a collection is shared, read and asked by others, and taken back', async () => {
  const luis = await world.member('Luis', { tolerates: PARSED });
  await luis.visit(`/documents/${collection}`);
  await luis.page.getByRole('heading', { name: 'This collection is not here' }).waitFor();
  await ana.visit(`/documents/${collection}`);
  await documents.choose('Options of the collection Ticket shop', 'Share');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Share with' }).selectOption({ label: 'Luis' });
  await dialog.getByRole('button', { name: 'Add' }).click();
  await dialog.getByRole('listitem').filter({ hasText: 'Luis' }).waitFor();
  await luis.visit('/documents');
  await luis.page.getByRole('link', { name: /^Ticket shop/ }).click();
  const theirs = new Documents(luis.page);
  await theirs.is('tickets.pdf', 'Ready');
  assert.equal(await luis.page.getByRole('button', { name: 'Upload files' }).count(), 0);
  await luis.page.getByRole('button', { name: 'Options of the collection Ticket shop' }).click();
  assert.deepEqual(await luis.page.getByRole('menuitem').allInnerTexts(), ['Ask']);
  await luis.page.getByRole('menuitem', { name: 'Ask' }).click();
  await (await theirs.ask(RETURNS)).locator('button.cite').first().waitFor();
  await dialog.getByRole('button', { name: 'Stop sharing with Luis' }).click();
  await dialog.getByText('Only you can see it.').waitFor();
  await dialog.getByRole('switch', { name: 'Everyone on this server' }).click();
  await eventually(async () => (await luis.call('GET', '/api/v1/collections')).collections.length === 1, 'everyone may read it');
  await dialog.getByRole('switch', { name: 'Everyone on this server' }).click();
  await eventually(async () => (await luis.call('GET', '/api/v1/collections')).collections.length === 0, 'nobody else may read it');
  await page.keyboard.press('Escape');
  await luis.leave();
});

test('every page of it can be used by everybody: two languages, two themes, a phone', async () => {
  const id = await idOf('tickets.pdf');
  const places = ['/documents', `/documents/${collection}`, `/documents/${collection}?view=ask`, `/documents/${collection}?view=passages`, `/documents/${collection}/${id}?page=2`, `/documents/${collection}/${await idOf('broken.pdf')}`];
  for (const look of [{ language: 'es', theme: 'light', viewport: PHONE }, { language: 'en', theme: 'dark' }]) {
    const person = await world.signIn('Ana', { ...look, tolerates: PARSED });
    for (const path of places) {
      await person.visit(path);
      await settled(person.page);
      assert.deepEqual(await problems(person.page), [], `${path} ${look.theme}`);
      if (look.viewport) await assertFits(person.page, path);
    }
    if (look.viewport) {
      await person.visit(`/documents/${collection}?view=ask`);
      await person.page.getByRole('textbox', { name: 'Pregunta a los documentos' }).fill(RETURNS);
      await person.page.keyboard.press('Enter');
      await person.page.locator('button.cite').first().click({ timeout: ANSWER_MS });
      await person.page.getByRole('dialog').locator('.page-mark').first().waitFor();
      await assertFits(person.page, 'the sheet of a source');
      assert.deepEqual(await problems(person.page), []);
    }
    await person.leave();
  }
});

test('a document is deleted after a question, and so is a collection', async () => {
  await ana.visit(`/documents/${collection}`);
  await documents.choose('Options of dropped.txt', 'Delete');
  await page.getByRole('dialog', { name: 'Delete dropped.txt?' }).getByRole('button', { name: 'Cancel' }).click();
  assert.ok(await idOf('dropped.txt'));
  await documents.choose('Options of dropped.txt', 'Delete');
  await page.getByRole('dialog', { name: 'Delete dropped.txt?' }).getByRole('button', { name: 'Delete' }).click();
  await documents.row('dropped.txt').waitFor({ state: 'detached' });
  await documents.choose('Options of the collection Ticket shop', 'Delete');
  await page.getByRole('dialog', { name: 'Delete the collection Ticket shop?' }).getByRole('button', { name: 'Delete' }).click();
  await page.getByText('No collections yet').waitFor();
  assert.equal(new URL(page.url()).pathname, '/documents');
});
