// An answer as it grows: a request whose answer is a stream of JSON lines, as an Observable. Unsubscribing lets go of the connection, and the
// server stops computing.
import { Observable } from 'rxjs';
import { FraguaError, messageOf } from './errors';
import type { ChatAnswer } from './types';

/** A piece of the answer; the last line has all of it. */
interface Line extends Partial<ChatAnswer> {
  done?: boolean;
  error?: string;
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += done ? `${decoder.decode()}\n` : decoder.decode(value, { stream: true });
      const lines = rest.split('\n');
      rest = lines.pop() ?? '';
      yield* lines.filter((line) => line.trim());
      if (done) return;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function open(address: string, body: unknown, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
  let answer: Response;
  try {
    answer = await fetch(address, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body), credentials: 'same-origin', signal });
  } catch (error) {
    throw FraguaError.ofStatus(0, String(error));
  }
  if (answer.ok && answer.body) return answer.body;
  const told = await answer.json().catch(() => null);
  throw FraguaError.ofStatus(answer.status, messageOf(told), Number(answer.headers.get('Retry-After')) || 0);
}

async function* growing(address: string, body: unknown, signal: AbortSignal): AsyncGenerator<ChatAnswer> {
  let soFar = '';
  for await (const line of linesOf(await open(address, body, signal))) {
    const { response = '', events = [], sources = [], done, error } = JSON.parse(line) as Line;
    if (error) throw FraguaError.ofStatus(200, error);
    soFar = done ? response : soFar + response;
    yield { response: soFar, events, sources };
    if (done) return;
  }
  throw FraguaError.ofStatus(200, 'the answer ended before its end');
}

export function streamOf(address: string, body: unknown): Observable<ChatAnswer> {
  return new Observable<ChatAnswer>((subscriber) => {
    const control = new AbortController();
    const follow = async () => {
      try {
        for await (const answer of growing(address, body, control.signal)) subscriber.next(answer);
        subscriber.complete();
      } catch (error) {
        subscriber.error(FraguaError.of(error));
      }
    };
    void follow();
    return () => control.abort();
  });
}
