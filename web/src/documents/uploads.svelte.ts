// Files on their way: one after the other, in the order in which they were given. They outlive the page.
import { isAbort } from '../api/request';
import { upload } from '../api/upload';
import { explain } from '../shared/explain';
import { whenLeaving } from '../shared/leaving';
import { collectionPath } from './paths';
import type { Document } from './types';

export interface Sending {
  id: number;
  collection: string;
  name: string;
  sent: number;
  total: number;
  state: 'waiting' | 'sending' | 'kept' | 'known' | 'failed';
  error: string;
}

type Received = Document & { duplicate: boolean };

const DONE_MS = 4_000;

let all = $state.raw<Sending[]>([]);
let next = 1;
let line: Promise<void> = Promise.resolve();
const stops = new Map<number, AbortController>();

function update(id: number, change: Partial<Sending>): void {
  all = all.map((one) => (one.id === id ? { ...one, ...change } : one));
}

function remove(id: number): void {
  stops.get(id)?.abort();
  stops.delete(id);
  all = all.filter((one) => one.id !== id);
}

async function send(id: number, collection: string, file: File, whenKept: () => void): Promise<void> {
  const stop = stops.get(id);
  // Taken back while it waited.
  if (!stop) return;
  update(id, { state: 'sending' });
  const form = new FormData();
  form.append('file', file, file.name);
  try {
    const { documents } = await upload<{ documents: Received[] }>(`${collectionPath(collection)}/documents`, form, {
      signal: stop.signal,
      onprogress: (sent, total) => update(id, { sent, total }),
    });
    update(id, { state: documents.every(({ duplicate }) => duplicate) ? 'known' : 'kept' });
    setTimeout(() => remove(id), DONE_MS);
    whenKept();
  } catch (error) {
    if (isAbort(error)) remove(id);
    else update(id, { state: 'failed', error: explain(error) });
  }
}

export const uploads = {
  of: (collection: string): Sending[] => all.filter((one) => one.collection === collection),
  remove,
  /** Resolves when all of them have ended, in whichever way. */
  add(collection: string, files: Iterable<File>, whenKept: () => void): Promise<void> {
    for (const file of files) {
      const id = next++;
      stops.set(id, new AbortController());
      all = [...all, { id, collection, name: file.name, sent: 0, total: file.size, state: 'waiting', error: '' }];
      line = line.then(() => send(id, collection, file, whenKept));
    }
    return line;
  },
};

whenLeaving(() => {
  for (const { id } of all) remove(id);
});
