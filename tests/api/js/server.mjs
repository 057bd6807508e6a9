// A Fragua of its own for one test file: free port, empty model store, stopped at the end.
// Callers: the *.test.mjs files beside it. Needs FRAGUA_BINARY and FRAGUA_MODELS_CACHE (scripts/test.sh sets both).
import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const START_MS = 20_000;

function setting(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; run scripts/test.sh node`);
  return value;
}

async function freePort() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function untilReady(url, child) {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`fragua serve ended with status ${child.exitCode}`);
    const answer = await fetch(`${url}/health`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`no answer from ${url} within ${START_MS} ms`);
}

export async function startServer() {
  const binary = setting("FRAGUA_BINARY");
  const folder = await mkdtemp(join(tmpdir(), "fragua-npm-"));
  const address = `127.0.0.1:${await freePort()}`;
  const child = spawn(binary, ["serve", "--listen", address, "--models", join(folder, "models"), "--log-level", "warn", "--set", `anonymous=${address}`], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, HOME: folder },
  });
  const url = `http://${address}`;
  await untilReady(url, child);

  return {
    url,
    async create(name, file) {
      const modelfile = join(folder, "Modelfile");
      await writeFile(modelfile, `FROM ${join(setting("FRAGUA_MODELS_CACHE"), file)}\n`);
      await run(binary, ["create", name, "-f", modelfile], { env: { ...process.env, FRAGUA_HOST: address } });
    },
    async stop() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
