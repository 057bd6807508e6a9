// Taking conversations along and bringing them: export, import of the three formats, backup and restore.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Chat } from './support/chat.mjs';
import { richConversation } from './support/pages.mjs';
import { eventually } from './support/waiting.mjs';
import { World } from './support/world.mjs';

const world = await World.create();
const ana = await world.admin();
await richConversation(ana);
const { page } = ana;
const chat = new Chat(page);

async function download(start) {
  const [file] = await Promise.all([page.waitForEvent('download'), start()]);
  assert.equal(await file.failure(), null);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

async function bring(name, content) {
  const path = join(world.server.folder, name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  await ana.visit('/settings/data');
  await page.getByLabel('Choose a file').setInputFiles(path);
}

const search = async (word) => (await ana.call('GET', `/api/v1/conversations?search=${word}`)).conversations;

test('everything is saved in one file, which brings it all back', async () => {
  await ana.visit('/settings/data');
  const { name, bytes } = await download(() => page.getByRole('button', { name: 'Save all' }).click());
  assert.match(name, /^fragua-\d{4}-\d\d-\d\d\.json$/);
  const saved = JSON.parse(bytes);
  assert.equal(saved.conversations.length, 1);
  const [before] = await search('Iberian');
  await ana.call('DELETE', `/api/v1/conversations/${before.id}`);
  assert.equal((await search('Iberian')).length, 0);
  await bring('own.json', bytes.toString());
  await page.getByText('1 conversation was imported.').waitFor();
  const [after] = await search('Iberian');
  for (const field of ['title', 'tags', 'folder', 'pinned', 'model']) assert.deepEqual(after[field], before[field], field);
  const { messages } = await ana.call('GET', `/api/v1/conversations/${after.id}/messages`);
  assert.deepEqual(messages.map((message) => message.content), saved.conversations[0].messages.map((message) => message.content));
  await chat.entry(/Rivers/).first().click();
  await chat.answers.first().getByRole('heading', { name: 'Rivers' }).waitFor();
});

test('the branches of ChatGPT conversations come along', async () => {
  const node = (id, parent, children, role, text) => [id, { id, parent, children, message: role ? { id, author: { role }, create_time: 1700000000, recipient: 'all', content: { content_type: 'text', parts: [text] } } : null }];
  const mapping = Object.fromEntries([
    node('root', null, ['q'], null),
    node('q', 'root', ['a1', 'a2'], 'user', 'Which bird is a marabou?'),
    node('a1', 'q', [], 'assistant', 'A stork.'),
    node('a2', 'q', [], 'assistant', 'A kind of stork.'),
  ]);
  await bring('conversations.json', [{ title: 'Marabou', create_time: 1700000000, update_time: 1700000100, mapping, current_node: 'a2' }, { title: 'Broken', mapping: {} }]);
  await page.getByText('1 conversation was imported.').waitFor();
  await page.getByText('1 was skipped').click();
  await page.getByText(/^Broken: /).waitFor();
  await chat.entry('Marabou').click();
  await chat.answers.filter({ hasText: 'A kind of stork.' }).waitFor();
  await chat.answer().getByRole('group', { name: 'Versions' }).filter({ hasText: '2/2' }).waitFor();
  await chat.answer().getByRole('button', { name: 'Previous version' }).click();
  await eventually(async () => (await chat.said()) === 'A stork.', 'the other answer');
});

test("Open WebUI's export is understood", async () => {
  const messages = {
    u: { id: 'u', parentId: null, childrenIds: ['v'], role: 'user', content: 'Which fish is an axolotl?', timestamp: 1700000000 },
    v: { id: 'v', parentId: 'u', childrenIds: [], role: 'assistant', content: 'None: a salamander.', model: 'llama3', timestamp: 1700000001 },
  };
  await bring('openwebui.json', [{ id: 'x', title: 'Axolotl', chat: { title: 'Axolotl', models: ['llama3'], history: { messages, currentId: 'v' }, tags: ['animals'] }, created_at: 1700000000, updated_at: 1700000002 }]);
  await page.getByText('1 conversation was imported.').waitFor();
  await chat.entry('Axolotl').click();
  await chat.answers.filter({ hasText: 'None: a salamander.' }).waitFor();
});

test('a file that is no export is refused with words', async () => {
  await bring('nonsense.json', '{"hello": 1}');
  await page.getByRole('alert').filter({ hasText: /no export/ }).waitFor();
  await bring('broken.json', '{"conversations": [');
  await page.getByRole('alert').filter({ hasText: /\S/ }).waitFor();
});

test('one conversation is saved as Markdown and as JSON', async () => {
  const [{ id }] = await search('axolotl');
  await ana.visit(`/c/${id}`);
  const save = (item) => async () => {
    await page.locator('header').getByRole('button', { name: /^Options of / }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  const markdown = await download(save('Save as Markdown'));
  assert.equal(markdown.name, 'Axolotl.md');
  assert.match(markdown.bytes.toString(), /Which fish is an axolotl\?[^]*None: a salamander\./);
  const json = await download(save('Save as JSON'));
  assert.equal(json.name, 'Axolotl.json');
  assert.ok(json.bytes.toString().includes('None: a salamander.'));
});

test('a backup is downloaded; restored, the server has what it had then', async () => {
  await ana.visit('/administration/backup');
  const { name, bytes } = await download(() => page.getByRole('link', { name: 'Download the backup' }).click());
  assert.match(name, /\.zip$/);
  assert.equal(bytes.subarray(0, 2).toString(), 'PK');
  const [{ id }] = await search('axolotl');
  await ana.call('DELETE', `/api/v1/conversations/${id}`);
  await ana.call('POST', '/api/v1/conversations', { title: 'Made after the backup' });
  const file = join(world.server.folder, 'backup.zip');
  await writeFile(file, bytes);
  await page.getByLabel('Choose a backup').setInputFiles(file);
  await page.getByRole('dialog', { name: 'Restore this backup?' }).getByRole('button', { name: 'Replace everything' }).click();
  await page.getByRole('status').filter({ hasText: /Restart Fragua|was restored/ }).waitFor();
  await world.server.restart();
  const again = await world.signIn('Ana');
  const { conversations } = await again.call('GET', '/api/v1/conversations');
  assert.deepEqual(conversations.map((conversation) => conversation.title).sort(), ['Axolotl', 'Marabou', 'Rivers of the Iberian peninsula and what is known about them']);
});
