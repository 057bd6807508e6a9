// Follows one answer, over as many connections as it takes.
import { ApiError, isAbort, open } from '../api/request';
import { sse } from '../api/lines';
import type { ChatEvent } from '../api/types';

const RETRIES = 6;
const FIRST_WAIT_MS = 300;

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new DOMException('', 'AbortError'));
    });
  });

export interface Follow {
  path: string;
  json?: unknown;
  /** Where an answer's events are read again after the network dropped. */
  events: (message: string) => string;
  signal: AbortSignal;
  take: (event: ChatEvent) => void;
}

/** Until the answer is done. Rejects when it was refused, or when the server cannot be reached again. */
export async function follow({ path, json, events, signal, take }: Follow): Promise<void> {
  let running = '';
  let done = false;
  const read = async (from: string, body?: unknown) => {
    const answer = await open(from, { ...(body === undefined ? {} : { json: body }), signal, headers: { Accept: 'text/event-stream' } });
    if (!answer.body) throw new ApiError(0, 'unreachable', '');
    for await (const event of sse<ChatEvent>(answer.body)) {
      if (event.type === 'answer') running = event.message.id;
      if (event.type === 'done') done = true;
      take(event);
    }
  };
  let failure: unknown;
  try {
    await read(path, json);
  } catch (error) {
    if (isAbort(error) || running === '') throw error;
    failure = error;
  }
  for (let i = 0; !done && running !== '' && i < RETRIES; i += 1) {
    await pause(FIRST_WAIT_MS * 2 ** i, signal);
    try {
      await read(events(running));
      failure = undefined;
    } catch (error) {
      if (isAbort(error) || (error instanceof ApiError && error.status >= 400 && error.status < 500)) throw error;
      failure = error;
    }
  }
  if (!done) throw failure ?? new ApiError(0, 'unreachable', '');
}
