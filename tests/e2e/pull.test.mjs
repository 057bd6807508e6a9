// Downloading a model from a registry: progress as it comes, cancel in the middle, and going on where it ended.
import { after, test } from 'node:test';
import assert from 'node:assert/strict';
import { Registry } from './support/registry.mjs';
import { eventually } from './support/waiting.mjs';
import { World } from './support/world.mjs';

const SLOW = 4_000_000;
const registry = await Registry.start();
after(() => registry.stop());
const world = await World.create({ settings: [`insecure_registries=${registry.host}`] });
const ana = await world.admin();
const { page } = ana;
const model = `${registry.host}/library/tiny`;
const address = `http://${model}`;       // without TLS

const names = async () => (await ana.call('GET', '/api/tags')).models.map(({ name }) => name);
const bar = page.getByRole('progressbar', { name: address });
const done = async () => Number((await bar.count()) === 0 ? Number.NaN : await bar.getAttribute('aria-valuenow'));

// It is in the registry, and here no more.
const { key } = await ana.call('POST', '/api/v1/keys', { name: 'models', scopes: ['models:read', 'models:write'] });
await world.server.create(key, 'tiny', 'PARAMETER temperature 0', 'PARAMETER num_predict 8');
await ana.call('POST', '/api/copy', { source: 'tiny', destination: model });
await ana.call('POST', '/api/push', { model, insecure: true, stream: false });
for (const name of ['tiny', model]) await ana.call('DELETE', '/api/delete', { model: name });
assert.deepEqual(await names(), []);

async function download() {
  await page.getByRole('textbox', { name: 'Download a model' }).fill(address);
  await page.getByRole('button', { name: 'Download', exact: true }).click();
}

let reached = 0;

test('a download shows how far it is, and ends where it is cancelled', async () => {
  registry.speed = SLOW;
  await ana.visit('/models');
  await download();
  await bar.waitFor();
  await eventually(async () => (await done()) >= 5, 'the first twentieth');
  await page.getByText(/MB\/s/).first().waitFor();
  reached = await done();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await bar.waitFor({ state: 'detached' });
  assert.ok(reached < 100, `${reached} %`);
  assert.deepEqual(await names(), []);
});

test('the next download goes on from there, and the model can be used', async () => {
  await download();
  await bar.waitFor();
  const first = await done();
  assert.ok(Number.isNaN(first) || first >= reached - 1, `${first} % after ${reached} %`);
  registry.speed = Infinity;
  await page.getByRole('main').getByRole('button', { name: /^Options of .*tiny/ }).waitFor();
  const [name] = await names();
  assert.ok(name.startsWith(model), name);
  const { response } = await ana.call('POST', '/api/generate', { model: name, prompt: 'Hello', stream: false });
  assert.ok(response.length > 0);
});
