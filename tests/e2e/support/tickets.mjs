// The synthetic ticket shop of examples/tickets as a catalogue of a server.
// Callers: site.test.mjs.
import assert from 'node:assert/strict';
import { openAsBlob } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = new URL('../../../examples/tickets/', import.meta.url);

/** A day with concerts before and after it. */
export const TODAY = '2025-11-10';

export async function importTickets(server, key) {
  const form = new FormData();
  for (const [part, name] of [['mapping', 'catalogue.toml'], ['source', 'tickets.sql']])
    form.append(part, await openAsBlob(fileURLToPath(new URL(name, FOLDER))), name);
  const answer = await fetch(`${server.url}/api/v1/catalogues/tickets/import`, { method: 'POST', headers: { Authorization: `Bearer ${key}` }, body: form });
  const lines = (await answer.text()).trim().split('\n');
  assert.ok(answer.ok && !lines.some((line) => JSON.parse(line).error), `the import: ${answer.status} ${lines.at(-1)}`);
}
