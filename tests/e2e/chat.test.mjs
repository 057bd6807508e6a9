// Chatting: streams, stop, branches, a reload in the middle, parameters, search, delete with undo.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { Chat } from './support/chat.mjs';
import { eventually } from './support/waiting.mjs';
import { COUNT, numbersIn, World } from './support/world.mjs';

const world = await World.create();
const ana = await world.admin();
await world.models();
const { page } = ana;
const chat = new Chat(page);
const COUNTED_SURELY = 150;

/** Counting on from 13 without a gap, as far as a small model can be trusted to. */
function assertCounts(text, atLeast) {
  const numbers = numbersIn(text);
  assert.ok(numbers.length >= atLeast, `${numbers.length} numbers`);
  // The last one may have been cut.
  numbers.slice(0, Math.min(numbers.length - 1, COUNTED_SURELY)).forEach((number, i) => assert.equal(number, 13 + i));
}

async function newChat(model) {
  await ana.visit('/');
  await chat.choose(model);
}

async function parameter(label, value) {
  await page.getByRole('button', { name: 'Chat settings' }).click();
  const field = page.getByRole('dialog', { name: 'Chat settings' }).getByRole('textbox', { name: label });
  await field.fill(value);
  await field.press('Enter');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

test('a question is answered while it is written, and kept under an address of its own', async () => {
  await newChat('smollm2');
  await chat.askAndWait('What is the capital of France?');
  const said = await chat.said();
  assert.ok(said.length > 0);
  const { messages } = await ana.call('GET', `/api/v1/conversations/${await chat.stored()}/messages`);
  assert.deepEqual(messages.map((message) => message.role), ['user', 'assistant']);
  assert.equal(messages[1].status, 'done');
  await page.reload();
  await chat.answers.first().waitFor();
  assert.equal(await chat.said(), said);
});

test('stop ends the answer and keeps what was written', async () => {
  await newChat('counter');
  await chat.ask(COUNT);
  await chat.flowing();
  await chat.stop.click();
  await chat.ended();
  await chat.answer().getByText('Stopped.').waitFor();
  assertCounts(await chat.said(), 3);
  const { messages } = await ana.call('GET', `/api/v1/conversations/${chat.id()}/messages`);
  assert.equal(messages[1].status, 'stopped');
});

test('a stopped answer can be continued where it ended', async () => {
  const before = await chat.said();
  await page.getByRole('button', { name: 'Continue' }).click();
  await eventually(async () => (await chat.said()).length > before.length + 20, 'more words of the same answer');
  assert.ok((await chat.said()).startsWith(before.slice(0, -4)));
  await chat.stop.click();
  await chat.ended();
  assert.equal(await chat.answers.count(), 1);
});

test('a reload in the middle of an answer shows what was written and goes on to the end', async () => {
  await newChat('counter');
  await chat.ask(COUNT);
  await chat.flowing();
  const id = await chat.stored();
  await page.reload();
  await chat.flowing();
  assert.equal(await chat.answer().getAttribute('aria-busy'), 'true', 'still being written');
  await chat.ended();
  const said = await chat.said();
  assertCounts(said, 50);
  const { messages } = await ana.call('GET', `/api/v1/conversations/${id}/messages`);
  assert.deepEqual([messages.length, messages[1].status], [2, 'done']);
  assert.deepEqual(numbersIn(said), numbersIn(messages[1].content), 'what is shown is what was written');
});

test('an answer goes on while its reader is somewhere else, and the sidebar leads back', async () => {
  await newChat('counter');
  await chat.ask(COUNT);
  await chat.flowing();
  const id = await chat.stored();
  await ana.visit('/models');
  await page.getByRole('heading', { name: 'Models', level: 1 }).waitFor();
  await eventually(async () => !(await ana.call('GET', `/api/v1/conversations/${id}`)).running_message_id, 'the answer ends by itself', 180_000);
  await page.locator(`nav a[href="/c/${id}"]`).click();
  await chat.answers.first().waitFor();
  assertCounts(await chat.said(), 50);
});

test('an edited question branches: both versions stay, and can be told apart', async () => {
  await newChat('smollm2');
  await chat.askAndWait('Name a colour.');
  const first = await chat.said();
  await chat.questions.first().hover();
  await chat.questions.first().getByRole('button', { name: 'Edit' }).click();
  await page.getByRole('textbox', { name: 'Edit your message' }).fill('Name an animal of the sea.');
  await chat.questions.first().getByRole('button', { name: 'Send' }).click();
  await chat.questions.filter({ hasText: 'Name an animal of the sea.' }).waitFor();
  await chat.ended();
  assert.match(await chat.questions.first().innerText(), /2\/2/);
  await chat.questions.first().getByRole('button', { name: 'Previous version' }).click();
  await chat.questions.filter({ hasText: 'Name a colour.' }).waitFor();
  await eventually(async () => (await chat.said()) === first, 'the first answer is shown again');
  await page.reload();
  await chat.questions.filter({ hasText: 'Name a colour.' }).waitFor();
});

test('answering again keeps the earlier answer', async () => {
  await newChat('smollm2');
  await chat.askAndWait('Name a city.');
  await chat.answer().getByRole('button', { name: 'Answer again' }).click();
  await page.getByRole('menuitem', { name: 'With the same model' }).click();
  const versions = chat.answer().getByRole('group', { name: 'Versions' });
  await versions.filter({ hasText: '2/2' }).waitFor();
  await chat.ended();
  await versions.getByRole('button', { name: 'Previous version' }).click();
  await versions.filter({ hasText: '1/2' }).waitFor();
});

test('the maximum length has its effect, and stays with the conversation', async () => {
  await newChat('counter');
  await parameter('Maximum length', '7');
  await chat.askAndWait(COUNT);
  await chat.answer().getByText('The answer reached its maximum length.').waitFor();
  const id = await chat.stored();
  const { messages } = await ana.call('GET', `/api/v1/conversations/${id}/messages`);
  assert.deepEqual([messages[1].figures.answer_tokens, messages[1].done_reason], [7, 'length']);
  await page.reload();
  await page.getByRole('button', { name: 'Chat settings' }).click();
  assert.equal(await page.getByRole('textbox', { name: 'Maximum length' }).inputValue(), '7');
});

// That the same seed gives the same answer is shown where nothing else is computed beside it (tests/api): here titles and tags are, and rounding may
// then tip a near tie.
test('creativity has its effect, and the seed reaches the model', async () => {
  const answerWith = async (temperature, seed) => {
    await ana.visit('/temporary');
    await chat.choose('smollm2');
    await parameter('Creativity', temperature);
    await parameter('Seed', seed);
    await parameter('Maximum length', '8');
    const asked = page.waitForRequest((request) => new URL(request.url()).pathname === '/api/chat');
    await chat.askAndWait('Write a sentence about the sea.');
    const { options } = (await asked).postDataJSON();
    assert.deepEqual([options.temperature, options.seed, options.num_predict], [Number(temperature), Number(seed), 8]);
    return chat.said();
  };
  const precise = await answerWith('0', '1');
  assert.equal(await answerWith('0', '2'), precise, 'without creativity the seed is of no matter');
  const wild = await answerWith('1.8', '1');
  assert.notEqual(wild, precise);
  assert.notEqual(await answerWith('1.8', '3'), wild);
});

test('instructions reach the model and are shown again', async () => {
  await newChat('smollm2');
  await page.getByRole('button', { name: 'Chat settings' }).click();
  await page.getByRole('textbox', { name: 'Instructions' }).fill('Answer like a pirate.');
  await page.getByRole('textbox', { name: 'Instructions' }).blur();
  await page.keyboard.press('Escape');
  await chat.askAndWait('Who are you?');
  assert.equal((await ana.call('GET', `/api/v1/conversations/${await chat.stored()}`)).system, 'Answer like a pirate.');
});

test('a chat is found by a word of it', async () => {
  await newChat('smollm2');
  await chat.askAndWait('Tell me about the xylophone of Quetzaltenango.');
  const id = await chat.stored();
  await newChat('smollm2');
  await page.getByRole('textbox', { name: 'Search' }).fill('quetzaltenango');
  const hit = page.locator(`nav a[href="/c/${id}"]`);
  await hit.locator('mark', { hasText: /quetzaltenango/i }).first().waitFor();
  await eventually(async () => (await chat.sidebar.locator('li').count()) === 1, 'only the hit is listed');
  await hit.click();
  await chat.questions.filter({ hasText: 'Quetzaltenango' }).waitFor();
  await page.getByRole('textbox', { name: 'Search' }).fill('nosuchwordanywhere');
  await chat.sidebar.getByText('Nothing found').waitFor();
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await eventually(async () => (await chat.sidebar.locator('li').count()) > 1, 'all conversations are listed again');
});

test('a renamed chat keeps its name; a deleted one comes back with undo', async () => {
  const id = await chat.stored();
  const entry = page.locator(`nav a[href="/c/${id}"]`);
  const menu = page.locator('header').getByRole('button', { name: /^Options of / });
  await menu.click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await page.getByRole('textbox', { name: 'Title' }).fill('Instruments');
  await page.getByRole('button', { name: 'Save' }).click();
  await entry.filter({ hasText: 'Instruments' }).waitFor();
  await eventually(async () => (await page.title()).startsWith('Instruments'), 'the tab has the name');
  await menu.click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByText('“Instruments” was deleted.').waitFor();
  await entry.waitFor({ state: 'detached' });
  assert.equal((await ana.context.request.get(`${world.server.url}/api/v1/conversations/${id}`)).status(), 404);
  await page.getByRole('button', { name: 'Undo' }).click();
  await entry.filter({ hasText: 'Instruments' }).waitFor();
  await entry.click();
  await chat.questions.filter({ hasText: 'Quetzaltenango' }).waitFor();
});

test('folders, tags and pins order the list', async () => {
  const id = await chat.stored();
  const menu = page.locator('header').getByRole('button', { name: /^Options of / });
  await menu.click();
  await page.getByRole('menuitem', { name: 'Move to a folder' }).click();
  await page.getByRole('textbox', { name: /^Folder/ }).fill('Music');
  await page.getByRole('button', { name: 'Save' }).click();
  await menu.click();
  await page.getByRole('menuitem', { name: 'Tags' }).click();
  await page.getByRole('textbox', { name: 'New tag' }).fill('wood');
  await page.getByRole('button', { name: 'Add' }).click();
  await page.getByRole('button', { name: 'Remove the tag wood' }).waitFor();
  await page.keyboard.press('Escape');
  await menu.click();
  await page.getByRole('menuitem', { name: 'Pin' }).click();
  await chat.sidebar.getByRole('heading', { name: 'Pinned' }).waitFor();
  await eventually(async () => {
    const { folder, tags, pinned } = await ana.call('GET', `/api/v1/conversations/${id}`);
    return folder === 'Music' && tags.includes('wood') && pinned;   // the model may have given tags too
  }, 'folder, tag and pin are stored');
  await page.getByRole('button', { name: 'Filter conversations' }).click();
  await page.getByRole('menuitem', { name: 'Music' }).click();
  await eventually(async () => (await chat.sidebar.locator('li').count()) === 1, 'only the folder is listed');
  await page.getByRole('button', { name: 'Show all conversations' }).click();
});

test('two answers side by side are there again after a reload, with the one that was kept', async () => {
  await ana.visit('/compare');
  await chat.field.fill('Name a colour.');
  await chat.send.click();
  await eventually(async () => (await chat.answers.count()) === 2, 'two answers begin');
  const keep = page.getByRole('button', { name: 'Go on with this answer' });
  await keep.waitFor({ timeout: 120_000 });
  await keep.click();
  await eventually(async () => /Goes on from here/.test(await chat.answer(1).innerText()), 'the second one is kept');
  const said = await Promise.all([0, 1].map((n) => chat.said(n)));
  assert.match(page.url(), /\/compare\?c=[^&]+$/);
  await page.reload();
  await chat.answer(1).waitFor();
  assert.deepEqual(await Promise.all([0, 1].map((n) => chat.said(n))), said);
  assert.match(await chat.answer(1).innerText(), /Goes on from here/);
  await ana.visit('/compare');
  await page.getByRole('heading', { name: 'Compare two models' }).waitFor();
  assert.equal(await chat.answers.count(), 0, 'a new comparison begins empty');
});

test('a temporary chat is stored nowhere', async () => {
  const before = (await ana.call('GET', '/api/v1/conversations')).conversations.length;
  await ana.visit('/temporary');
  await chat.choose('smollm2');
  await chat.askAndWait('Say something that nobody keeps.');
  assert.ok((await chat.said()).length > 0);
  assert.equal((await ana.call('GET', '/api/v1/conversations')).conversations.length, before);
  await page.reload();
  await page.getByText('Nothing is stored').waitFor();
  assert.equal(await chat.answers.count(), 0);
});

test('a shared chat is read by who has the link, until it is taken back', async () => {
  const luis = await world.member('Luis');
  const id = (await ana.call('GET', '/api/v1/conversations?search=quetzaltenango')).conversations[0].id;
  assert.equal((await luis.context.request.get(`${world.server.url}/api/v1/conversations/${id}`)).status(), 404, 'not without the link');
  await ana.visit(`/c/${id}`);
  await page.locator('header').getByRole('button', { name: /^Options of / }).click();
  await page.getByRole('menuitem', { name: 'Share' }).click();
  await page.getByRole('button', { name: 'Create a link' }).click();
  const link = await page.getByRole('textbox', { name: 'Link' }).inputValue();
  await luis.page.goto(link);
  await luis.page.getByText('Shared by Ana').waitFor();
  await luis.page.getByText('Quetzaltenango').first().waitFor();
  await page.getByRole('button', { name: 'Stop sharing' }).click();
  await page.getByRole('button', { name: 'Create a link' }).waitFor();
  await luis.page.reload();
  await luis.page.getByRole('heading', { name: 'This link does not work any more' }).waitFor();
});
