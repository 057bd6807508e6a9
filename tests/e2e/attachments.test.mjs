// Files and pictures that go with a question: chosen, pasted and dropped; what a model cannot take is said at once.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Chat } from './support/chat.mjs';
import { place } from './support/documents.mjs';
import { gguf } from './support/server.mjs';
import { World } from './support/world.mjs';

const SUPPORT = fileURLToPath(new URL('../support', import.meta.url));
const TEXT_WIDTH = 576;                 // of the small model, which the projector speaks to
// A tiny projector with random weights, and a picture: what the model says of it is nonsense, that it was given is not.
const MAKE = `import sys; sys.path.insert(0, sys.argv[1]); import pathlib, tiny_vision as tiny
tiny.write_projector(pathlib.Path(sys.argv[2]), "mlp", ${TEXT_WIDTH}); sys.stdout.buffer.write(tiny.png(64, 48, seed=1))`;

const world = await World.create();
const ana = await world.admin();
await world.models();
const { key } = await ana.call('POST', '/api/v1/keys', { name: 'eyes', scopes: ['models:read', 'models:write'] });
const projector = join(world.server.folder, 'projector.gguf');
const { stdout: picture } = await promisify(execFile)('python3', ['-c', MAKE, SUPPORT, projector], { encoding: 'buffer' });
await world.server.create(key, 'eyes', `FROM ${gguf}`, `FROM ${projector}`, 'PARAMETER temperature 0', 'PARAMETER num_predict 8');

const { page } = ana;
const paths = await place(world.server.folder);
const chat = new Chat(page);
const png = { name: 'red.png', mimeType: 'image/png', buffer: picture };
const list = { name: 'lista.txt', mimeType: 'text/plain', buffer: Buffer.from('pan\nleche\n') };

async function newChat(model) {
  await ana.visit('/');
  await chat.choose(model);
}

async function choose(...files) {
  const opened = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Attach files' }).click();
  await (await opened).setFiles(files);
}

/** As the clipboard or the file manager hands a file over. */
async function hand(event, file) {
  const given = await page.evaluateHandle(({ bytes, name, type }) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(bytes)], name, { type }));
    return data;
  }, { bytes: [...file.buffer], name: file.name, type: file.mimeType });
  await chat.field.evaluate((field, { data, event }) => {
    const init = { bubbles: true, cancelable: true };
    field.dispatchEvent(event === 'paste' ? new ClipboardEvent('paste', { ...init, clipboardData: data }) : new DragEvent('drop', { ...init, dataTransfer: data }));
  }, { data: given, event });
}

async function questionOf(id) {
  const { messages } = await ana.call('GET', `/api/v1/conversations/${id}/messages`);
  return messages[0];
}

test('a text file goes with the question and stays with it', async () => {
  await newChat('smollm2');
  await choose(list);
  await page.getByRole('button', { name: 'Remove lista.txt' }).waitFor();
  await chat.askAndWait('What is on my list?');
  const id = await chat.stored();
  assert.match((await questionOf(id)).content, /<file name="lista.txt">\npan\nleche\n/);
  await page.reload();
  await chat.questions.first().getByText('lista.txt').waitFor();
  await chat.questions.first().getByText('What is on my list?').waitFor();
});

test('the text of a PDF goes with the question; a long one is said to be long', async () => {
  await newChat('smollm2');
  await choose(paths['tickets.pdf']);
  await page.getByRole('button', { name: 'Remove tickets.pdf' }).waitFor();
  await chat.askAndWait('Within how many days?');
  const question = (await questionOf(await chat.stored())).content;
  assert.match(question, /^<file name="tickets.pdf">\n[\s\S]*days[\s\S]*<\/file>\n\nWithin how many days\?$/);
  assert.deepEqual((await ana.call('GET', '/api/v1/collections')).collections, [], 'no collection has it');
  await newChat('smollm2');
  await choose({ name: 'long.txt', mimeType: 'text/plain', buffer: Buffer.alloc(20_000, 'word ') });
  await page.getByText('This is more text than the model takes in at once.').waitFor();
});

test('a file is taken away again before it is sent', async () => {
  await newChat('smollm2');
  await choose(list);
  await page.getByRole('button', { name: 'Remove lista.txt' }).click();
  await chat.askAndWait('Hello');
  assert.equal((await questionOf(await chat.stored())).content, 'Hello');
});

for (const [how, give] of [['chosen', () => choose(png)], ['pasted', () => hand('paste', png)], ['dropped', () => hand('drop', png)]]) {
  test(`a picture that is ${how} reaches a model that sees, and is shown again after a reload`, async () => {
    await newChat('eyes');
    await give();
    await page.getByRole('img', { name: 'red.png' }).waitFor();
    await chat.askAndWait('What is this?');
    const id = await chat.stored();
    const { messages } = await ana.call('GET', `/api/v1/conversations/${id}/messages`);
    assert.equal(messages[0].images.length, 1);
    assert.equal(messages[1].status, 'done', messages[1].error);
    await page.reload();
    const shown = chat.questions.first().getByRole('img', { name: 'Attached image' });
    await shown.waitFor();
    assert.equal(await shown.evaluate((image) => image.decode().then(() => image.naturalWidth)), 64);
  });
}

test('what cannot go with a question is said at once, and nothing is lost', async () => {
  await newChat('smollm2');
  await chat.field.fill('Half a question');
  await choose(png);
  await page.getByText('This model does not see images.').waitFor();
  await choose({ name: 'songs.zip', mimeType: 'application/zip', buffer: Buffer.from('PK') });
  await page.getByText('“songs.zip” is no file whose text can be read, and no image.').waitFor();
  await choose(paths['broken.pdf']);
  await page.getByText('“broken.pdf” cannot be read: it may be damaged').waitFor();
  await choose({ name: 'huge.txt', mimeType: 'text/plain', buffer: Buffer.alloc(1_000_001, 'a') });
  await page.getByText('“huge.txt” is larger than').waitFor();
  assert.equal(await page.getByRole('button', { name: /^Remove / }).count(), 0);
  assert.equal(await chat.field.inputValue(), 'Half a question');
});

test('a picture that is damaged is refused where it is chosen or where it is read, in words', async () => {
  await newChat('eyes');
  await hand('paste', { name: 'broken.webp', mimeType: 'image/webp', buffer: Buffer.from('no picture') });
  await page.getByText('“broken.webp” cannot be read as an image: it may be damaged.').waitFor();
  assert.equal(await page.getByRole('img', { name: 'broken.webp' }).count(), 0);
});
