// The example shop behind nginx, as the guide sets it up: its built files, and one route to a Fragua server that adds the key.
// Callers: site.test.mjs. Needs clients/angular to be built.
import { spawn } from 'node:child_process';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './server.mjs';
import { eventually } from './waiting.mjs';

const ANGULAR = fileURLToPath(new URL('../../../clients/angular/', import.meta.url));
export const FILES = join(ANGULAR, 'dist/example/browser');
const NGINX = process.env.NGINX ?? '/usr/sbin/nginx';

// One process with every path of its own: nothing of the machine's nginx, if there is one.
const frame = (folder) => `
daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log stderr warn;
events {}
http {
  include /etc/nginx/mime.types;
  access_log off;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join('\n  ')}
  include ${folder}/site.conf;
}
`;

export class Site {
  static async start({ server, key }) {
    await Promise.all([access(join(FILES, 'index.html')), access(NGINX)]);
    const site = new Site();
    site.folder = await mkdtemp(join(tmpdir(), 'fragua-site-'));
    const listen = `127.0.0.1:${await freePort()}`;
    site.url = `http://${listen}`;
    const values = { SITE_LISTEN: listen, SITE_ROOT: FILES, FRAGUA_ADDRESS: server.address, FRAGUA_SITE_KEY: key };
    const template = await readFile(join(ANGULAR, 'nginx/site.conf.template'), 'utf8');
    await writeFile(join(site.folder, 'site.conf'), template.replace(/\$\{(\w+)\}/g, (whole, name) => values[name] ?? whole), { mode: 0o600 });
    await writeFile(join(site.folder, 'nginx.conf'), frame(site.folder));
    site.child = spawn(NGINX, ['-e', 'stderr', '-c', join(site.folder, 'nginx.conf')], { stdio: ['ignore', 'ignore', 'inherit'] });
    await eventually(async () => {
      if (site.child.exitCode !== null) throw new Error(`nginx ended with status ${site.child.exitCode}`);
      return (await fetch(site.url).catch(() => null))?.ok;
    }, 'the site comes up');
    return site;
  }

  async stop() {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await ended;
    await rm(this.folder, { recursive: true, force: true });
  }
}
