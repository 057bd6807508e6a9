// Keys, sessions, roles: what the settings and the administration do, and what a member never sees.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { eventually } from './support/waiting.mjs';
import { PASSWORD, World } from './support/world.mjs';

const world = await World.create({ settings: ['sign_up=pending'] });
const ana = await world.admin();
await world.models();
const { page } = ana;

/** A program that has nothing but a key. */
async function statusWith(key, path, body) {
  const answer = await fetch(world.server.url + path, {
    method: body ? 'POST' : 'GET',
    headers: { ...(key ? { Authorization: `Bearer ${key}` } : {}), ...(body ? { 'Content-Type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  await answer.text();
  return answer.status;
}

const CHAT = { model: 'smollm2', stream: false, max_tokens: 4, messages: [{ role: 'user', content: 'Hi' }] };
const entry = (at, name) => at.getByRole('main').getByRole('listitem').filter({ hasText: name });

let key = '';

test('a key is made in the settings, shown once, and has its example', async () => {
  await ana.visit('/settings/keys');
  await page.getByText('No keys yet').or(entry(page, 'models')).first().waitFor();
  await page.getByRole('button', { name: 'New key' }).click();
  const dialog = page.getByRole('dialog', { name: 'New key' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('laptop');
  for (const scope of await dialog.getByRole('checkbox').all()) await scope.setChecked((await scope.getAttribute('value')) === 'infer');
  await dialog.getByRole('button', { name: 'Create the key' }).click();
  const created = page.getByRole('dialog', { name: 'Your new key' });
  key = await created.getByRole('textbox', { name: 'Key' }).inputValue();
  assert.match(key, /^sk-\S{20,}$/);
  assert.ok((await created.getByRole('region', { name: 'How to use it' }).innerText()).includes(`Authorization: Bearer ${key}`));
  await created.getByRole('button', { name: 'I have kept it' }).click();
  await entry(page, 'laptop').getByText('infer').waitFor();
  assert.ok(!(await page.content()).includes(key), 'the key is shown once');
  await page.reload();
  await entry(page, 'laptop').waitFor();
  assert.ok(!(await page.content()).includes(key));
});

test('the key does what its scope allows, and nothing else', async () => {
  assert.equal(await statusWith(key, '/v1/chat/completions', CHAT), 200);
  assert.equal(await statusWith(key, '/v1/models'), 403);
  assert.equal(await statusWith(key, '/v1/embeddings', { model: 'smollm2', input: 'x' }), 403);
  assert.equal(await statusWith(key, '/api/v1/users'), 403);
  assert.equal(await statusWith('', '/v1/chat/completions', CHAT), 401);
  assert.equal(await statusWith(`${key}x`, '/v1/chat/completions', CHAT), 401);
});

test('a revoked key ends at once', async () => {
  await ana.visit('/settings/keys');
  await entry(page, 'laptop').getByText(/^Last used/).waitFor();
  await entry(page, 'laptop').getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('dialog', { name: 'Revoke “laptop”?' }).getByRole('button', { name: 'Revoke' }).click();
  await entry(page, 'laptop').waitFor({ state: 'detached' });
  assert.equal(await statusWith(key, '/v1/chat/completions', CHAT), 401);
});

test('an administrator makes a user, who signs in and sees no administration', async () => {
  await ana.visit('/administration');
  await page.getByRole('button', { name: 'New user' }).click();
  const dialog = page.getByRole('dialog', { name: 'New user' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Luis');
  await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Create the user' }).click();
  await page.getByRole('combobox', { name: 'Role of Luis' }).waitFor();
  const luis = await world.signIn('Luis');
  await luis.visit('/');
  await luis.page.getByRole('button', { name: 'Account of Luis' }).click();
  await luis.page.getByRole('menuitem', { name: 'Settings' }).waitFor();
  assert.equal(await luis.page.getByRole('menuitem', { name: 'Administration' }).count(), 0);
  assert.equal(await luis.page.getByRole('menuitem', { name: 'Dashboard' }).count(), 0);
  await luis.visit('/administration');
  await luis.page.getByRole('heading', { name: 'This page does not exist' }).waitFor();
  await luis.visit('/dashboard');
  await luis.page.getByText('Your account may not do this').waitFor();
  for (const path of ['/api/v1/users', '/api/v1/groups', '/api/v1/audit', '/api/v1/settings', '/api/v1/backup', '/api/v1/dashboard'])
    assert.equal((await luis.context.request.get(world.server.url + path)).status(), 403, path);
  await luis.visit('/settings/keys');
  await luis.page.getByRole('button', { name: 'New key' }).click();
  const values = await luis.page.getByRole('dialog').getByRole('checkbox').evaluateAll((boxes) => boxes.map((box) => box.value));
  assert.ok(values.includes('infer') && !values.includes('admin') && !values.includes('models:write'), values.join());
  await luis.visit('/models');
  await luis.page.getByRole('button', { name: 'Options of smollm2' }).waitFor();
  assert.equal(await luis.page.getByRole('button', { name: 'Download', exact: true }).count(), 0);
  await luis.leave();
});

test('a role that is given holds at once', async () => {
  const luis = await world.signIn('Luis');
  await ana.visit('/administration');
  await page.getByRole('combobox', { name: 'Role of Luis' }).selectOption('Administrator');
  await eventually(async () => (await luis.call('GET', '/api/v1/session')).user.role === 'admin', 'Luis is an administrator');
  await luis.visit('/administration');
  await luis.page.getByRole('button', { name: 'New user' }).waitFor();
  await page.getByRole('combobox', { name: 'Role of Luis' }).selectOption('Member');
  await eventually(async () => (await luis.context.request.get(`${world.server.url}/api/v1/users`)).status() === 403, 'Luis is a member again');
  assert.equal(await page.getByRole('combobox', { name: 'Role of Ana' }).isEnabled(), false, 'nobody takes their own role');
  await luis.leave();
});

test('who signs up waits for approval', async () => {
  const eva = await world.stranger();
  await eva.visit('/');
  await eva.page.getByRole('link', { name: 'Create one' }).click();
  await eva.page.getByLabel('Name', { exact: true }).fill('Eva');
  await eva.page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await eva.page.getByLabel('Password again').fill(PASSWORD);
  await eva.page.getByRole('button', { name: 'Create account' }).click();
  await eva.page.getByRole('heading', { name: 'Almost there' }).waitFor();
  assert.equal((await eva.context.request.get(`${world.server.url}/api/v1/conversations`)).status(), 403);
  await ana.visit('/administration');
  await entry(page, 'Eva').getByRole('button', { name: 'Approve' }).click();
  await entry(page, 'Eva').getByRole('button', { name: 'Approve' }).waitFor({ state: 'detached' });
  await eva.page.getByRole('button', { name: 'Check again' }).click();
  await eva.page.getByRole('heading', { name: 'Hello, Eva' }).waitFor();
  await eva.leave();
});

test('an administrator revokes a key of somebody else and signs them out', async () => {
  const luis = await world.signIn('Luis');
  const made = await luis.call('POST', '/api/v1/keys', { name: 'robot', scopes: ['infer'] });
  await ana.visit('/administration');
  await page.getByRole('button', { name: 'Options of Luis' }).click();
  await page.getByRole('menuitem', { name: 'Keys and sessions' }).click();
  const dialog = page.getByRole('dialog', { name: 'Keys and sessions of Luis' });
  await dialog.getByRole('button', { name: 'Revoke: robot' }).click();
  await page.getByRole('dialog', { name: 'Revoke “robot”?' }).getByRole('button', { name: 'Revoke' }).click();
  await dialog.getByText('No API keys.').waitFor();
  assert.equal(await statusWith(made.key, '/v1/chat/completions', CHAT), 401);
  await dialog.getByRole('button', { name: 'Sign out everywhere' }).click();
  await page.getByText('Luis was signed out everywhere.').waitFor();
  assert.equal((await luis.call('GET', '/api/v1/session')).user, null);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await ana.visit('/administration/audit');
  await page.getByRole('combobox', { name: 'What kind' }).selectOption('Keys');
  await page.getByRole('row').filter({ hasText: 'Revoked the key' }).filter({ hasText: 'Luis' }).waitFor();
  await eventually(async () => (await page.getByRole('row').filter({ hasText: 'Signed in' }).count()) === 0, 'only keys are shown');
  await page.getByRole('textbox', { name: 'Name of the user' }).fill('nobody');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByText('Nothing like that has happened').waitFor();
  await luis.leave();
});

test('a user is edited, put into a group, and deleted after a question', async () => {
  await ana.visit('/administration/groups');
  await page.getByRole('textbox', { name: 'Name of a new group' }).fill('Research');
  await page.getByRole('button', { name: 'Add' }).click();
  await entry(page, 'Research').waitFor();
  await ana.visit('/administration');
  await page.getByRole('button', { name: 'Options of Eva' }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  const dialog = page.getByRole('dialog', { name: 'Eva' });
  await dialog.getByRole('checkbox', { name: 'Research' }).check();
  await dialog.getByLabel('Requests per minute').fill('30');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await entry(page, 'Eva').getByText('Research').waitFor();
  const { users } = await ana.call('GET', '/api/v1/users');
  const eva = users.find((user) => user.name === 'Eva');
  assert.deepEqual([eva.groups, eva.limits.requests_per_minute], [['Research'], 30]);
  await page.getByRole('button', { name: 'Options of Eva' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('dialog', { name: 'Delete Eva?' }).getByRole('button', { name: 'Delete' }).click();
  await entry(page, 'Eva').waitFor({ state: 'detached' });
  await ana.visit('/administration/audit');
  await page.getByRole('row').filter({ hasText: 'Eva' }).first().waitFor();
});

test('a new password ends the other sessions; a device can be signed out from here', async () => {
  const [phone, laptop, office] = [await world.signIn('Luis'), await world.signIn('Luis'), await world.signIn('Luis')];
  await laptop.visit('/settings/sessions');
  await laptop.page.getByText('This device').waitFor();
  const devices = laptop.page.getByRole('main').getByRole('listitem').filter({ has: laptop.page.getByRole('button', { name: /Sign out/ }) });
  const before = await devices.count();
  assert.ok(before >= 2);
  await devices.first().getByRole('button', { name: /Sign out/ }).click();
  await eventually(async () => (await devices.count()) === before - 1, 'one device less');
  await laptop.visit('/settings/account');
  const next = `${PASSWORD} nuevo`;
  await laptop.page.getByLabel('Current password').fill('wrong password');
  await laptop.page.getByLabel('New password', { exact: true }).fill(next);
  await laptop.page.getByLabel('Password again').fill(next);
  await laptop.page.getByRole('button', { name: 'Change the password' }).click();
  await laptop.page.getByRole('alert').filter({ hasText: 'The current password is wrong.' }).waitFor();
  await laptop.page.getByLabel('Current password').fill(PASSWORD);
  await laptop.page.getByRole('button', { name: 'Change the password' }).click();
  await laptop.page.getByText('The password was changed.').waitFor();
  for (const other of [phone, office]) assert.equal((await other.call('GET', '/api/v1/session')).user, null);
  assert.equal((await laptop.call('GET', '/api/v1/session')).user.name, 'Luis');
});

test('who is signed out elsewhere is asked to sign in again, and stays where they were', async () => {
  const second = await world.signIn('Ana');
  await second.visit('/models');
  await second.page.getByRole('heading', { name: 'Models', level: 1 }).waitFor();
  const { sessions } = await second.call('GET', '/api/v1/sessions');
  await ana.call('DELETE', `/api/v1/sessions/${sessions.find((session) => session.current).id}`);
  await second.page.getByRole('button', { name: 'Account of Ana' }).click();
  await second.page.getByRole('menuitem', { name: 'Settings' }).click();
  await second.page.getByRole('link', { name: 'API keys' }).click();
  await second.page.getByText('Your session has ended').waitFor();
  await second.page.getByLabel('Name', { exact: true }).fill('Ana');
  await second.page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await second.page.getByRole('button', { name: 'Sign in' }).click();
  await second.page.getByRole('button', { name: 'New key' }).waitFor();
});

test('the settings of the server are shown with where they come from', async () => {
  await ana.visit('/administration/settings');
  await page.getByRole('textbox', { name: 'Search settings' }).fill('sign_up');
  await eventually(async () => (await entry(page, 'sign_up').count()) === 1, 'one setting is found');
  await entry(page, 'sign_up').getByText('pending', { exact: true }).waitFor();
  await entry(page, 'sign_up').getByText('command line').waitFor();
});

test('the dashboard shows what runs', async () => {
  await ana.visit('/dashboard');
  await page.getByRole('heading', { name: 'Dashboard', level: 1 }).waitFor();
  await page.locator('canvas').first().waitFor();
  await page.getByText('smollm2').first().waitFor();
});

test('the page of the API finds a route and says which scope it needs', async () => {
  await ana.visit('/reference');
  await page.getByRole('textbox', { name: 'Search routes' }).fill('chat/completions');
  await page.locator('summary').filter({ hasText: '/v1/chat/completions' }).first().click();
  await page.getByRole('region', { name: /chat\/completions/ }).filter({ hasText: 'curl' }).waitFor();
  await page.getByText('Needs a key with the scope').first().waitFor();
});
