// One server, one browser and the people who use them. What no page may do is noted in `complaints`, which every file holds to be empty.
import { after } from 'node:test';
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import { GGUFS, Server } from './server.mjs';

export const PASSWORD = 'caballo correcto';
export const LOCALES = { en: 'en-GB', es: 'es-ES' };
export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 360, height: 740 };

const STEP_MS = 30_000;
const LOAD_MS = 300_000;

// Counts on for ever, so that there is time to stop it, to leave and to come back; and what it says can be checked to the last number.
const COUNTER = ['TEMPLATE """{{ range .Messages }}{{ .Content }} {{ end }}"""', 'PARAMETER temperature 0', 'PARAMETER repeat_penalty 1.0', 'PARAMETER num_predict 2500', 'PARAMETER num_ctx 4096'];
export const COUNT = '1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,';

export function numbersIn(text) {
  return (text.match(/\d+/g) ?? []).map(Number);
}

/** Somebody with a browser profile of their own: a context, its first page, and requests with the same cookies. */
class Person {
  constructor(world, context, page, name) {
    Object.assign(this, { world, context, page, name });
  }

  /** An API call as the signed-in person; fails loudly. */
  async call(method, path, data) {
    const answer = await this.context.request.fetch(this.world.server.url + path, { method, ...(data === undefined ? {} : { data }) });
    assert.ok(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`);
    const text = await answer.text();
    return text && answer.headers()['content-type']?.includes('json') ? JSON.parse(text) : text;
  }

  async visit(path) {
    await this.page.goto(this.world.server.url + path);
    return this.page;
  }

  async leave() {
    await this.context.close();
  }
}

export function launch(elsewhere = '~NOTFOUND') {
  const names = `MAP *.test ${elsewhere}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`;
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: [`--host-resolver-rules=${names}`] });
}

export class World {
  complaints = [];
  people = [];

  /** `elsewhere` is where the browser finds names that end in .test. It finds no other: nothing of this suite, and nothing of the browser's own, leaves the machine. */
  static async create({ settings = [], elsewhere = '~NOTFOUND' } = {}) {
    const world = new World();
    // First what may be missing: nothing would end a server that nobody comes to use.
    world.browser = await launch(elsewhere);
    world.server = await Server.start(settings);
    after(async () => {
      await world.browser.close();
      await world.server.stop();
      assert.deepEqual(world.complaints, [], 'pages that misbehaved');
    });
    return world;
  }

  /** Nobody yet: a browser that was never here. */
  async stranger({ language = 'en', theme = 'light', viewport = DESKTOP, tolerates, ...more } = {}) {
    const context = await this.browser.newContext({ locale: LOCALES[language], colorScheme: theme, viewport, reducedMotion: 'reduce', ...more });
    context.setDefaultTimeout(STEP_MS);
    this.watch(context, tolerates);
    const person = new Person(this, context, await context.newPage(), '');
    this.people.push(person);
    return person;
  }

  /** `tolerates` matches what may stand in the console. */
  watch(context, tolerates) {
    const note = (what, detail) => this.complaints.push(`${what}: ${detail}`);
    const { origin } = new URL(this.server.url);
    context.on('request', (request) => {
      const { protocol, origin: theirs } = new URL(request.url());
      if (protocol !== 'data:' && protocol !== 'blob:' && theirs !== origin) note('request to elsewhere', request.url());
    });
    context.on('weberror', (error) => note('error on a page', error.error().stack ?? error.error().message));
    context.on('console', (message) => {
      // The browser writes a line for each refused request, which the tests provoke and check by themselves.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource') && !tolerates?.test(message.text())) note('error in the console', message.text());
    });
  }

  /** The first administrator, made by the API. Files that test the first run do it by hand. */
  async admin(options) {
    const person = await this.stranger(options);
    await person.call('POST', '/api/v1/setup', { name: 'Ana', password: PASSWORD });
    person.name = 'Ana';
    this.boss ??= person;
    return person;
  }

  async member(name, options) {
    await this.boss.call('POST', '/api/v1/users', { name, password: PASSWORD, role: 'member' });
    return this.signIn(name, options);
  }

  async signIn(name, options) {
    const person = await this.stranger(options);
    await person.call('POST', '/api/v1/session', { name, password: PASSWORD });
    person.name = name;
    return person;
  }

  /** The models of this suite. Needs an administrator. */
  async models(person = this.boss) {
    const { key } = await person.call('POST', '/api/v1/keys', { name: 'models', scopes: ['models:read', 'models:write'] });
    await this.server.create(key, 'smollm2', 'PARAMETER temperature 0', 'PARAMETER num_predict 64');
    await this.server.create(key, 'counter', ...COUNTER);
  }

  /** What answers from documents, and what finds their passages. Needs an administrator. */
  async documentModels(person = this.boss) {
    const { key } = await person.call('POST', '/api/v1/keys', { name: 'document models', scopes: ['models:read', 'models:write'] });
    await this.server.create(key, 'qwen', `FROM ${GGUFS.chat}`, 'PARAMETER temperature 0', 'PARAMETER num_ctx 4096');
    await this.server.create(key, 'multilingual-e5-small', `FROM ${GGUFS.embedding}`);
    // Reading a gigabyte from a slow disk is nothing that a test should wait for.
    const loaded = await person.context.request.post(`${this.server.url}/api/generate`, { data: { model: 'qwen', stream: false, keep_alive: '30m' }, timeout: LOAD_MS });
    assert.ok(loaded.ok(), await loaded.text());
  }
}
