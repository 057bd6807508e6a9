// The example shop (clients/angular) in a real browser: behind nginx, over the synthetic tickets, answered by the real server.
// Run by scripts/test.sh site, which builds what this needs.
import { after, test } from 'node:test';
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { problems } from './support/axe.mjs';
import { assertFits } from './support/fits.mjs';
import { GGUFS, Server } from './support/server.mjs';
import { FILES, Site } from './support/site.mjs';
import { importTickets, TODAY } from './support/tickets.mjs';
import { DESKTOP, launch, LOCALES, PASSWORD, PHONE } from './support/world.mjs';
import { eventually } from './support/waiting.mjs';

const STEP_MS = 30_000;
// The first answer waits for the model to load.
const ANSWER_MS = 240_000;
const LATE_MS = 500_000;

const browser = await launch();
after(() => browser.close());
const server = await Server.start([`clock=${TODAY}`]);
after(() => server.stop());

const cookie = await firstSession();
const adminKey = await keyOf('everything', ['infer', 'models:read', 'models:write', 'catalogue']);
await server.create(adminKey, 'qwen2.5-coder:1.5b', `FROM ${GGUFS.chat}`, 'PARAMETER temperature 0', 'PARAMETER num_ctx 4096');
await importTickets(server, adminKey);
const key = await keyOf('shop', ['infer', 'catalogue']);
const site = await Site.start({ server, key });
after(() => site.stop());

/** What no page may do: errors, requests to elsewhere or with a key, anything with the key in it. */
const complaints = [];
const looks = [];
let answersRead = 0;
after(async () => {
  await Promise.all(looks);
  assert.ok(answersRead > 50, `only ${answersRead} answers were looked at`);
  assert.deepEqual(complaints, [], 'pages that misbehaved');
});

async function firstSession() {
  const body = JSON.stringify({ name: 'Ana', password: PASSWORD });
  const made = await fetch(`${server.url}/api/v1/setup`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  assert.ok(made.ok, `the administrator: ${made.status}`);
  return made.headers.getSetCookie()[0].split(';')[0];
}

/** The server itself, without the site. */
async function post(path, body, credentials) {
  const answer = await fetch(server.url + path, { method: 'POST', headers: { 'Content-Type': 'application/json', ...credentials }, body: JSON.stringify(body) });
  assert.ok(answer.ok, `POST ${path}: ${answer.status}`);
  return answer.json();
}

async function keyOf(name, scopes) {
  return (await post('/api/v1/keys', { name, scopes }, { Cookie: cookie })).key;
}

const searched = (body) => post('/api/v1/catalogues/tickets/search', body, { Authorization: `Bearer ${adminKey}` });

/** What a page left behind when it went away can no longer be read. */
function look(at, check) {
  return at.then(check, () => undefined);
}

function watch(context, tolerates = /(?!)/) {
  context.on('request', (request) => {
    const { origin } = new URL(request.url());
    if (origin !== site.url && !request.url().startsWith('data:')) complaints.push(`request to elsewhere: ${request.url()}`);
    looks.push(look(request.allHeaders(), (headers) => {
      if (headers.authorization !== undefined || JSON.stringify(headers).includes(key)) complaints.push(`a key in a request: ${request.url()}`);
    }));
  });
  context.on('response', (response) => looks.push(look(response.text(), (text) => {
    ++answersRead;
    if ((text + JSON.stringify(response.headers())).includes(key)) complaints.push(`the key in an answer: ${response.url()}`);
  })));
  context.on('weberror', (error) => complaints.push(`error on a page: ${error.error().stack}`));
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !tolerates.test(message.text())) complaints.push(`console: ${message.text()}`);
  });
}

async function visit(path, { language = 'es', viewport = DESKTOP, tolerates } = {}) {
  const context = await browser.newContext({ locale: LOCALES[language], viewport, reducedMotion: 'reduce' });
  context.setDefaultTimeout(STEP_MS);
  watch(context, tolerates);
  const page = await context.newPage();
  await page.goto(site.url + path);
  const field = page.getByRole('combobox', { name: language === 'es' ? 'Buscar' : 'Search' });
  return { page, context, field, chat: page.getByRole('dialog') };
}

const cards = (page) => page.locator('fragua-search [part=card]');
const summary = (page) => page.locator('fragua-search [part=status]');

async function ask(page, field, question) {
  await field.fill(question);
  await field.press('Enter');
  const problem = page.locator('fragua-search').getByRole('alert');
  await page.locator('fragua-search [aria-busy=false] [part=status]').filter({ hasText: /\d|no se ha|nothing/i }).or(problem).first().waitFor({ timeout: ANSWER_MS });
  if (await problem.isVisible()) assert.fail(`${question}: ${await problem.innerText()}`);
}

test('the smart search shows the concerts that the question asks for, and leads to them', { timeout: LATE_MS }, async () => {
  const { page, context, field } = await visit('/');
  await ask(page, field, 'thrash metal en Valencia');
  const { total, items } = await searched({ filter: { facets: { genre: ['thrash metal'], city: ['Valencia'] } }, limit: 12 });
  assert.ok(total > 0);
  assert.match(await summary(page).innerText(), new RegExp(`^${total} `));
  assert.equal(await cards(page).count(), items.length);
  for (const card of await cards(page).all()) assert.match(await card.innerText(), /thrash metal[^]*Valencia/i);
  const title = await cards(page).first().locator('[part=card-title]').innerText();
  await cards(page).first().getByRole('link').click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  assert.match(page.url(), /\/concierto\/.+/);
  // The address is enough: nothing is kept from the page before.
  await page.reload();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  await page.goBack();
  await cards(page).first().waitFor();
  assert.equal(await field.inputValue(), 'thrash metal en Valencia');
  await context.close();
});

test('suggests values with their counts while one types, and asks no model for it', async () => {
  const { page, context, field } = await visit('/');
  const asked = [];
  context.on('request', (request) => request.method() === 'POST' && asked.push(new URL(request.url()).pathname));
  await page.locator('.tiles a').first().waitFor();
  asked.length = 0;
  await field.pressSequentially('thrash en valen', { delay: 30 });
  const option = page.getByRole('option', { name: /^Valencia/ }).first();
  await option.waitFor();
  assert.match(await option.innerText(), /67/);
  assert.deepEqual(asked, []);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await cards(page).first().waitFor({ timeout: ANSWER_MS });
  assert.equal(await field.inputValue(), 'thrash en Valencia');
  await context.close();
});

test('facets refine the answer: what is ticked is added, what is taken away goes', async () => {
  const { page, context, field } = await visit('/');
  await ask(page, field, 'conciertos en Valencia');
  const before = (await searched({ filter: { facets: { city: ['Valencia'] } }, limit: 1 })).total;
  assert.match(await summary(page).innerText(), new RegExp(`^${before} `));
  const city = await page.locator('fragua-search [part=facet-box][data-field=city]:not(:checked)').first().getAttribute('data-value');
  await page.locator(`fragua-search [part=facet-box][data-value="${city}"]`).check();
  const both = (await searched({ filter: { facets: { city: ['Valencia', city] } }, limit: 1 })).total;
  await summary(page).filter({ hasText: new RegExp(`^${both} `) }).waitFor();
  await page.getByRole('button', { name: 'Quitar: Valencia' }).click();
  const other = (await searched({ filter: { facets: { city: [city] } }, limit: 1 })).total;
  await summary(page).filter({ hasText: new RegExp(`^${other} `) }).waitFor();
  await context.close();
});

test('says what it did not understand, and what to do when nothing is found', async () => {
  const { page, context, field } = await visit('/');
  await ask(page, field, 'jazz en Valencia');
  assert.match(await page.locator('fragua-search [part=notes]').innerText(), /«jazz»/);
  await ask(page, field, 'thrash metal en Valencia por menos de 1 euro');
  assert.match(await summary(page).innerText(), /^No se ha encontrado nada\. Quita/);
  await context.close();
});

test('the floating chat knows the figures', { timeout: LATE_MS }, async () => {
  const { page, context, chat } = await visit('/conciertos');
  await page.getByRole('button', { name: 'Abrir el chat: Asistente de Distorsión' }).click();
  await page.keyboard.type('¿Cuántos conciertos tenéis en Valencia?');
  await page.keyboard.press('Enter');
  const answer = chat.locator('[part~=assistant]');
  await eventually(async () => (await chat.getByRole('log').getAttribute('aria-busy')) === 'false' && (await answer.innerText()).length > 0, 'an answer', ANSWER_MS);
  assert.match(await answer.innerText(), /\b67\b/);
  assert.equal(await chat.getByRole('alert').count(), 0);
  await context.close();
});

test('the list fills its conditions in from the visitor\'s words', async () => {
  const { page, context } = await visit('/conciertos');
  await page.getByLabel('Con tus palabras').fill('punk en Madrid por menos de 30 euros');
  await page.getByRole('button', { name: 'Rellenar' }).click();
  await page.waitForURL(/city=Madrid/, { timeout: ANSWER_MS });
  const asked = new URL(page.url()).searchParams;
  assert.deepEqual([asked.get('genre'), asked.get('city'), asked.get('price_max')], ['punk rock', 'Madrid', '30']);
  const { total } = await searched({ filter: { facets: { genre: ['punk rock'], city: ['Madrid'] }, price_max: 30 }, limit: 1 });
  await page.locator('.found').filter({ hasText: total === 0 ? 'No hay conciertos' : new RegExp(`^${total} `) }).waitFor();
  assert.equal(await page.getByLabel('Ciudad').inputValue(), 'Madrid');
  await context.close();
});

test('errors are shown when the server is down, and trying again works when it is back', { timeout: LATE_MS }, async () => {
  const { page, context, field, chat } = await visit('/', { tolerates: /502|Failed to load/ });
  await page.locator('.tiles a').first().waitFor();
  await server.end();
  try {
    await field.fill('punk en Madrid');
    await field.press('Enter');
    await page.locator('fragua-search').getByRole('alert').filter({ hasText: 'No se puede llegar al servidor' }).waitFor();
    await page.getByRole('link', { name: 'Conciertos', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: 'No se puede llegar al servidor. Comprueba la conexión' }).waitFor();
    await page.getByRole('button', { name: /^Abrir el chat/ }).click();
    await page.keyboard.type('¿Cuántos conciertos tenéis?');
    await page.keyboard.press('Enter');
    await chat.getByRole('alert').waitFor();
    await page.keyboard.press('Escape');
  } finally {
    await server.begin();
  }
  await page.getByRole('button', { name: 'Reintentar' }).click();
  await page.locator('.found').filter({ hasText: /^\d+ conciertos/ }).waitFor();
  await context.close();
});

test('a concert that does not exist, and a page that does not, are said', async () => {
  const { page, context } = await visit('/concierto/ninguno', { tolerates: /404/ });
  await page.getByRole('heading', { name: 'Este concierto no existe o ya no está a la venta.' }).waitFor();
  await page.goto(`${site.url}/nada`);
  await page.getByRole('heading', { name: 'Esta página no existe' }).waitFor();
  await context.close();
});

test('speaks English when asked to, and keeps to it', async () => {
  const { page, context } = await visit('/');
  await page.getByRole('button', { name: 'EN: English' }).click();
  await page.getByRole('heading', { name: 'Find your next concert' }).waitFor();
  await page.getByRole('button', { name: 'Open the chat: Distorsión assistant' }).waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Search' }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
  await context.close();
});

for (const [size, viewport] of [['desktop', DESKTOP], ['phone', PHONE]])
  for (const language of ['es', 'en'])
    test(`every page fits and axe finds nothing serious, ${size}, ${language}`, async () => {
      const { page, context, field } = await visit('/', { language, viewport });
      const holds = async (what) => {
        await assertFits(page, what);
        assert.deepEqual(await problems(page), [], what);
      };
      await page.locator('.tiles a').first().waitFor();
      await holds('home');
      await field.pressSequentially('val', { delay: 30 });
      await page.getByRole('option').first().waitFor();
      await holds('suggestions');
      await ask(page, field, 'Valencia');
      await holds('results');
      await cards(page).first().getByRole('link').click();
      await page.locator('.event').waitFor();
      await holds('a concert');
      await page.getByRole('link', { name: language === 'es' ? 'Conciertos' : 'Concerts', exact: true }).click();
      await page.locator('.concert').first().waitFor();
      await holds('the list');
      await context.close();
    });

test('the key is in no file of the site', async () => {
  const names = await readdir(FILES, { recursive: true });
  assert.ok(names.some((name) => name.endsWith('.js')));
  for (const name of names.filter((each) => /\.(js|css|html|svg|map|json)$/.test(each))) {
    const text = await readFile(join(FILES, name), 'utf8');
    assert.doesNotMatch(text, /sk-[A-Za-z0-9_-]{16,}|Bearer sk/, name);
    assert.ok(!text.includes(key), name);
  }
});

test('the route lets through what a site needs, and only for its own pages', async () => {
  const route = `${site.url}/api/fragua`;
  const status = async (method, path, headers = {}) => (await fetch(route + path, { method, headers })).status;
  assert.equal(await status('GET', '/api/v1/catalogues/tickets'), 200);
  assert.equal(await status('GET', '/api/v1/catalogues/tickets', { Origin: site.url }), 200);
  for (const [method, path] of [
    ['GET', '/api/v1/catalogues'], ['GET', '/api/v1/catalogues/tickets/mapping'], ['GET', '/api/v1/catalogues/tickets/items.json'], ['DELETE', '/api/v1/catalogues/tickets'],
    ['POST', '/api/v1/catalogues/tickets/import'], ['GET', '/api/v1/keys'], ['GET', '/api/tags'], ['GET', '/v1/models'], ['GET', '/metrics'], ['OPTIONS', '/api/chat'],
    ['GET', '/api/v1/catalogues/tickets/suggest/../../../keys'], ['GET', '/api/v1/catalogues/tickets%2F..%2F..%2Fkeys'],
  ])
    assert.equal(await status(method, path), 404, `${method} ${path}`);
  const foreign = await fetch(`${route}/api/v1/catalogues/tickets`, { headers: { Origin: 'https://other.example' } });
  assert.equal(foreign.status, 403);
  assert.equal(foreign.headers.get('Access-Control-Allow-Origin'), null);
  const own = await fetch(`${server.url}/api/v1/catalogues/tickets`, { headers: { Origin: 'https://other.example', Authorization: `Bearer ${key}` } });
  assert.equal(own.headers.get('Access-Control-Allow-Origin'), null);
});

test('the development proxy keeps to the same list, and says what it lacks', () => {
  const load = () => {
    const require = createRequire(import.meta.url);
    const path = require.resolve('../../clients/angular/proxy.conf.js');
    delete require.cache[path];
    return require(path)['/api/fragua'];
  };
  delete process.env.FRAGUA_SITE_KEY;
  assert.throws(load, /FRAGUA_SITE_KEY is not set: make a key/);
  process.env.FRAGUA_SITE_KEY = key;
  const { bypass, configure } = load();
  const answered = (method, url, headers = { host: 'localhost:4200' }) => {
    let status = 0;
    const passes = bypass({ method, url, headers }, { writeHead: (given) => { status = given; }, end() {} }) === undefined;
    return passes ? 'passes' : status;
  };
  assert.equal(answered('POST', '/api/fragua/api/v1/catalogues/tickets/search'), 'passes');
  assert.equal(answered('GET', '/api/fragua/api/v1/catalogues/tickets/suggest?q=a'), 'passes');
  assert.equal(answered('GET', '/api/fragua/api/v1/keys'), 404);
  assert.equal(answered('GET', '/api/fragua/api/v1/catalogues/tickets/../../keys'), 404);
  assert.equal(answered('POST', '/api/fragua/api/chat', { host: 'localhost:4200', origin: 'https://other.example' }), 403);
  const sent = new Map([['Origin', 'x'], ['Cookie', 'x']]);
  configure({ on: (_event, add) => add({ setHeader: (name, value) => sent.set(name, value), removeHeader: (name) => sent.delete(name) }) });
  assert.deepEqual([...sent], [['Authorization', `Bearer ${key}`]]);
});
