// The rest of the world: one listener to which the browser resolves every foreign name. It counts who calls.
import { createServer } from 'node:http';

export class Elsewhere {
  calls = [];

  static async start() {
    const world = new Elsewhere();
    world.server = createServer((request, response) => {
      world.calls.push(`${request.method} ${request.headers.host}${request.url}`);
      response.end();
    });
    await new Promise((resolve) => world.server.listen(0, '127.0.0.1', resolve));
    return world;
  }

  /** For the browser's command line: every name but this machine's own leads here. */
  get rule() {
    return `--host-resolver-rules=MAP * 127.0.0.1:${this.server.address().port}, EXCLUDE 127.0.0.1`;
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
