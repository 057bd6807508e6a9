// The models page: what is there, details, create with errors at their line, copy, load and unload, delete, upload, a pull that fails.
import { beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';
import { gguf } from './support/server.mjs';
import { eventually } from './support/waiting.mjs';
import { World } from './support/world.mjs';

const world = await World.create();
const ana = await world.admin();
await world.models();
const { page } = ana;

const names = async () => (await ana.call('GET', '/api/tags')).models.map((model) => model.name);
const entry = (name) => page.getByRole('main').getByRole('listitem').filter({ has: page.getByRole('button', { name: `Options of ${name}`, exact: true }) });

async function choose(name, item) {
  await page.getByRole('button', { name: `Options of ${name}`, exact: true }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

beforeEach(() => ana.visit('/models'));

test('each model says how large it is and what it needs', async () => {
  await entry('smollm2').getByText(/\d+ MB/).first().waitFor();
  await entry('smollm2').getByText(/of memory/).waitFor();
  await entry('smollm2').getByRole('button').first().click();
  const details = page.getByRole('dialog', { name: 'smollm2' });
  await details.getByRole('region', { name: 'Modelfile' }).filter({ hasText: 'FROM' }).waitFor();
  await page.keyboard.press('Escape');
});

test('a Modelfile shows its errors at their line, and makes a model when it has none', async () => {
  await page.getByRole('button', { name: 'Create from a Modelfile' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create from a Modelfile' });
  await dialog.getByRole('textbox', { name: 'New name' }).fill('pirate');
  await dialog.getByRole('textbox', { name: 'Modelfile' }).fill('FROM smollm2\nPARAMETER temperature warm\nNONSENSE here\n');
  await dialog.getByRole('button', { name: /^Line 2/ }).waitFor();
  assert.equal(await dialog.getByRole('button', { name: 'Create', exact: true }).isEnabled(), false);
  await dialog.getByRole('textbox', { name: 'Modelfile' }).fill('FROM smollm2\nSYSTEM """Answer like a pirate."""\n');
  await eventually(() => dialog.getByRole('button', { name: 'Create', exact: true }).isEnabled(), 'the Modelfile is without errors');
  await dialog.getByRole('button', { name: 'Create', exact: true }).click();
  await entry('pirate').waitFor();
  assert.ok((await names()).includes('pirate:latest'));
});

test('a model is copied, and deleted after a question', async () => {
  await choose('pirate', 'Copy');
  await page.getByRole('dialog').getByRole('textbox').fill('corsair');
  await page.getByRole('dialog').getByRole('button', { name: 'Copy' }).click();
  await entry('corsair').waitFor();
  await choose('corsair', 'Delete');
  await page.getByRole('dialog', { name: 'Delete corsair?' }).getByRole('button', { name: 'Cancel' }).click();
  assert.ok((await names()).includes('corsair:latest'));
  await choose('corsair', 'Delete');
  await page.getByRole('dialog', { name: 'Delete corsair?' }).getByRole('button', { name: 'Delete' }).click();
  await entry('corsair').waitFor({ state: 'detached' });
  assert.ok(!(await names()).includes('corsair:latest'));
});

test('a model is loaded into memory and taken out again', async () => {
  await choose('smollm2', 'Load into memory');
  await entry('smollm2').getByText(/^In memory/).waitFor();
  assert.equal((await ana.call('GET', '/api/ps')).models[0].name, 'smollm2:latest');
  await choose('smollm2', 'Unload from memory');
  await entry('smollm2').getByText(/^In memory/).waitFor({ state: 'detached' });
  await eventually(async () => (await ana.call('GET', '/api/ps')).models.length === 0, 'nothing is in memory');
});

test('a GGUF file is uploaded', async () => {
  await page.getByRole('button', { name: 'Upload a GGUF' }).click();
  const dialog = page.getByRole('dialog', { name: 'Upload a GGUF' });
  await dialog.getByLabel('File').setInputFiles(gguf);
  await dialog.getByRole('textbox', { name: 'Name' }).fill('uploaded');
  await dialog.getByRole('button', { name: 'Upload', exact: true }).click();
  await entry('uploaded').waitFor();
  assert.ok((await names()).includes('uploaded:latest'));
});

test('a download that cannot be says why', async () => {
  await page.getByRole('textbox', { name: 'Download a model' }).fill('127.0.0.1:9/nobody/nothing');
  await page.getByRole('button', { name: 'Download', exact: true }).click();
  await page.getByRole('alert').filter({ hasText: /\S/ }).waitFor();
  await page.getByRole('button', { name: 'Dismiss' }).first().click();
});
