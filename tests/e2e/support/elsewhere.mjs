// The rest of the world: one listener to which the browser resolves the foreign names of this suite. It counts who calls, and serves one page
// that trusts whatever it is given.
import { createServer } from 'node:http';

export class Elsewhere {
  calls = [];

  static async start() {
    const world = new Elsewhere();
    world.server = createServer((request, response) => {
      const isTrusting = request.url === '/trusting';
      if (!isTrusting) world.calls.push(`${request.method} ${request.headers.host}${request.url}`);
      response.setHeader('Content-Type', 'text/html');
      response.end(isTrusting ? '<!doctype html><title>A trusting page</title>' : '');
    });
    await new Promise((resolve) => world.server.listen(0, '127.0.0.1', resolve));
    return world;
  }

  get address() {
    return `127.0.0.1:${this.server.address().port}`;
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
