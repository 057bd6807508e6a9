// Debian's docker-registry on loopback, behind a line whose speed a test sets. Callers: pull.test.mjs.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { freePort } from './server.mjs';
import { eventually } from './waiting.mjs';

const configuration = (storage, port) => `version: 0.1
log: {level: error, accesslog: {disabled: true}}
storage: {filesystem: {rootdirectory: "${storage}"}}
http: {addr: "127.0.0.1:${port}"}
`;

export class Registry {
  /** Bytes a second towards whoever pulls. */
  speed = Infinity;

  static async start() {
    const registry = new Registry();
    registry.folder = await mkdtemp(join(tmpdir(), 'fragua-registry-'));
    const port = await freePort();
    const file = join(registry.folder, 'config.yml');
    await writeFile(file, configuration(join(registry.folder, 'storage'), port));
    registry.child = spawn('docker-registry', ['serve', file], { stdio: 'ignore' });
    registry.child.once('error', (error) => (registry.failure = error));
    await eventually(async () => {
      if (registry.failure) throw registry.failure;
      return (await fetch(`http://127.0.0.1:${port}/v2/`).catch(() => null))?.ok;
    }, 'docker-registry comes up');
    await registry.lay(port);
    return registry;
  }

  /** The line: everything through it, what comes back at `speed`. */
  async lay(port) {
    this.line = createServer((client) => {
      const server = connect(port, '127.0.0.1');
      client.pipe(server);
      server.pipe(this.slowly()).pipe(client);
      for (const end of [client, server]) end.on('error', () => { client.destroy(); server.destroy(); });
      client.on('close', () => server.destroy());
    });
    await new Promise((resolve) => this.line.listen(0, '127.0.0.1', resolve));
    this.host = `127.0.0.1:${this.line.address().port}`;
  }

  slowly() {
    const wait = (bytes) => (this.speed === Infinity ? 0 : (bytes * 1000) / this.speed);
    return new Transform({ transform: (piece, _, done) => void setTimeout(() => done(null, piece), wait(piece.length)) });
  }

  async stop() {
    this.line.close();
    this.child.kill('SIGKILL');
    await rm(this.folder, { recursive: true, force: true });
  }
}
