// Pulls, uploads and creations under way. They outlive the page, so that one can chat meanwhile.
import { isAbort, open } from '../api/request';
import { ndjson } from '../api/lines';
import { upload } from '../api/upload';
import { explain } from '../shared/explain';
import { models } from './models.svelte';
import { Progress, type StatusLine } from './progress';

export interface Task {
  id: number;
  name: string;
  status: string;
  completed: number;
  total: number;
  rate: number;
  secondsLeft: number | undefined;
  state: 'running' | 'done' | 'failed';
  error: string;
  cancel: () => void;
}

let tasks = $state.raw<Task[]>([]);
let next = 1;

function update(id: number, change: Partial<Task>): void {
  tasks = tasks.map((task) => (task.id === id ? { ...task, ...change } : task));
}

async function run(name: string, work: (take: (line: StatusLine) => void, signal: AbortSignal) => Promise<void>): Promise<boolean> {
  const id = next++;
  const stop = new AbortController();
  const progress = new Progress();
  tasks = [...tasks, { id, name, status: '', completed: 0, total: 0, rate: 0, secondsLeft: undefined, state: 'running', error: '', cancel: () => stop.abort() }];
  try {
    await work((line) => {
      if (line.error) throw new Error(line.error);
      progress.take(line, performance.now());
      const { status, completed, total, bytesPerSecond: rate, secondsLeft } = progress;
      update(id, { status, completed, total, rate, secondsLeft });
    }, stop.signal);
    update(id, { state: 'done' });
    await models.load();
    setTimeout(() => tasksOfModels.remove(id), 4_000);
    return true;
  } catch (error) {
    if (isAbort(error)) tasksOfModels.remove(id);
    else update(id, { state: 'failed', error: explain(error) });
    return false;
  }
}

async function follow(path: string, json: object, take: (line: StatusLine) => void, signal: AbortSignal): Promise<void> {
  const answer = await open(path, { json, signal });
  for await (const line of ndjson<StatusLine>(answer.body!)) take(line);
}

export const tasksOfModels = {
  get all(): Task[] {
    return tasks;
  },
  remove(id: number): void {
    tasks = tasks.filter((task) => task.id !== id);
  },
  /** Who writes http:// wants a registry without TLS; the server decides which ones it may be. */
  pull: (model: string) => run(model, (take, signal) => follow('/api/pull', { model, stream: true, insecure: model.startsWith('http://') }, take, signal)),
  create: (model: string, modelfile: string) => run(model, (take, signal) => follow('/api/v1/models', { model, modelfile }, take, signal)),
  upload: (model: string, file: File) =>
    run(model, async (take, signal) => {
      const { digest } = await upload<{ digest: string }>('/api/v1/blobs', file, { signal, onprogress: (completed, total) => take({ digest: 'upload', total, completed }) });
      await follow('/api/v1/models', { model, modelfile: `FROM @${digest}\n` }, take, signal);
    }),
};
