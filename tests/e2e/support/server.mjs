// A Fragua of its own for one test file: the real program, a free loopback port, an empty data folder, credentials on.
// Callers: world.mjs. FRAGUA_BINARY and FRAGUA_MODELS_CACHE say where the program and the GGUF files are.
import { execFile, spawn } from 'node:child_process';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { eventually } from './waiting.mjs';

const run = promisify(execFile);
const BINARY = process.env.FRAGUA_BINARY ?? fileURLToPath(new URL('../../../build/release/fragua', import.meta.url));
const MODELS = process.env.FRAGUA_MODELS_CACHE ?? join(homedir(), '.cache/fragua/models');
export const gguf = join(MODELS, 'smollm2-135m-instruct-q4_1.gguf');
/** What the smallest cannot do: answer from passages, and find them. */
export const GGUFS = { chat: join(MODELS, 'qwen2.5-coder-1.5b-instruct-q4_k_m.gguf'), embedding: join(MODELS, 'multilingual-e5-small-q4_0.gguf') };

export async function freePort() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Of a person with an empty home: nothing of this machine's own Fragua or Ollama. */
function cleanEnvironment(home) {
  const theirs = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(FRAGUA|OLLAMA)_/.test(name)));
  return { ...theirs, HOME: home, FRAGUA_DATA: join(home, 'data'), FRAGUA_MODELS: join(home, 'models') };
}

export class Server {
  static async start(settings = []) {
    await Promise.all([access(BINARY), access(gguf)]);
    const server = new Server();
    server.folder = await mkdtemp(join(tmpdir(), 'fragua-e2e-'));
    server.address = `127.0.0.1:${await freePort()}`;
    server.url = `http://${server.address}`;
    server.settings = settings;
    await server.begin();
    return server;
  }

  async begin() {
    const set = this.settings.flatMap((setting) => ['--set', setting]);
    this.child = spawn(BINARY, ['serve', '--listen', this.address, '--log-level', 'warn', ...set], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: cleanEnvironment(this.folder),
    });
    await eventually(async () => {
      if (this.child.exitCode !== null) throw new Error(`fragua serve ended with status ${this.child.exitCode}`);
      return (await fetch(`${this.url}/health`).catch(() => null))?.ok;
    }, 'the server comes up');
  }

  /** A model of the small GGUF, or of the one that a first FROM names, as an administrator's key creates it. */
  async create(key, name, ...instructions) {
    const modelfile = join(this.folder, 'Modelfile');
    const from = instructions[0]?.startsWith('FROM ') ? [] : [`FROM ${gguf}`];
    await writeFile(modelfile, [...from, ...instructions, ''].join('\n'));
    await run(BINARY, ['create', name, '-f', modelfile], { env: { ...cleanEnvironment(this.folder), FRAGUA_HOST: this.address, FRAGUA_API_KEY: key } });
  }

  async end() {
    if (this.child.exitCode !== null) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await ended;
  }

  async restart() {
    await this.end();
    await this.begin();
  }

  async stop() {
    await this.end();
    await rm(this.folder, { recursive: true, force: true });
  }

  read(name) {
    return readFile(join(this.folder, name));
  }
}
