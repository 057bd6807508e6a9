// A person who has never seen a terminal: the first administrator, signing out and in, and the first chat.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { Chat } from './support/chat.mjs';
import { PASSWORD, World } from './support/world.mjs';

const world = await World.create();
const ana = await world.stranger();
const { page } = ana;

async function fill(fields) {
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value);
}

async function signOut() {
  await page.getByRole('button', { name: 'Account of Ana' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
}

async function signIn(password = PASSWORD) {
  await fill({ Name: 'Ana', Password: password });
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test('the first visit asks for the administrator, and explains what is wrong with a password', async () => {
  await ana.visit('/');
  await page.getByRole('heading', { name: 'Welcome to Fragua' }).waitFor();
  assert.match(await page.title(), /Welcome to Fragua/);
  await fill({ Name: 'Ana', Password: 'short', 'Password again': 'short' });
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('alert').filter({ hasText: 'at least 8 characters' }).waitFor();
  await fill({ Password: PASSWORD, 'Password again': `${PASSWORD}!` });
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('alert').filter({ hasText: 'not the same' }).waitFor();
});

test('the administrator is made once and is signed in', async () => {
  await fill({ 'Password again': PASSWORD });
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('heading', { name: 'Hello, Ana' }).waitFor();
  const { user, setup_required } = await ana.call('GET', '/api/v1/session');
  assert.deepEqual([user.name, user.role, setup_required], ['Ana', 'admin', false]);
  const second = await ana.context.request.post(`${world.server.url}/api/v1/setup`, { data: { name: 'Eva', password: PASSWORD } });
  assert.equal(second.status(), 409);
});

test('without a model the page says how to get one', async () => {
  await page.getByRole('link', { name: 'Get a model' }).click();
  await page.getByRole('heading', { name: 'Models', level: 1 }).waitFor();
  await page.getByText('There are no models yet').waitFor();
});

test('nothing that signs in is kept where a script of the page could read it', async () => {
  const kept = await page.evaluate(() => [document.cookie, JSON.stringify(localStorage), JSON.stringify(sessionStorage)]);
  const cookies = await ana.context.cookies();
  const session = cookies.find((cookie) => cookie.name === 'fragua_session');
  assert.ok(session);
  assert.deepEqual([session.httpOnly, session.sameSite], [true, 'Strict']);
  for (const text of kept) assert.ok(!text.includes(session.value) && !text.includes('fragua_session'), text);
});

test('signing out ends the session; a wrong password is told from a right one', async () => {
  await signOut();
  assert.equal((await ana.context.request.get(`${world.server.url}/api/v1/keys`)).status(), 401);
  await signIn('not the password');
  await page.getByRole('alert').filter({ hasText: 'Wrong name or password' }).waitFor();
  await signIn();
  await page.getByRole('button', { name: 'Account of Ana' }).waitFor();
});

test('a deep link survives signing in', async () => {
  await signOut();
  await ana.visit('/models');
  await page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
  await signIn();
  await page.getByRole('heading', { name: 'Models', level: 1 }).waitFor();
  assert.equal(new URL(page.url()).pathname, '/models');
});

test('the first chat: a model is there, a question is answered', async () => {
  await world.models(ana);
  await ana.visit('/');
  const chat = new Chat(page);
  await chat.choose('smollm2');
  await chat.askAndWait('Say hello.');
  assert.ok((await chat.said()).length > 0);
  assert.ok(await chat.stored());
});

test('an address that does not exist says so, and the back button leads back', async () => {
  const before = page.url();
  await ana.visit('/nowhere/at/all');
  await page.getByRole('heading', { name: 'This page does not exist' }).waitFor();
  await page.goBack();
  await page.getByRole('article', { name: 'You' }).waitFor();
  assert.equal(page.url(), before);
});
