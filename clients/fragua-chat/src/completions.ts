// Asks a Fragua server (or any other of OpenAI's dialect) and hands back the answer piece by piece.
import { call, isAbort, ServerError, type Place } from '../../shared/server';

export interface Message {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

export interface Connection extends Place {
  model: string;
}

export interface Piece {
  content?: string;
  /** Why the model ended; "length" means that it was cut. */
  finish?: string;
}

/** The server's first model, for pages that name none. */
export async function firstModel(connection: Connection, signal: AbortSignal): Promise<string> {
  const answer = await call(connection, '/v1/models', { signal });
  const { data } = (await answer.json()) as { data?: { id: string }[] };
  const model = data?.[0]?.id;
  if (!model) throw new ServerError(404, 'the server has no model');
  return model;
}

/** The data of each event of a stream of server-sent events, as text. */
export async function* events(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  let data: string[] = [];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += done ? `${decoder.decode()}\n\n` : decoder.decode(value, { stream: true });
      const lines = rest.split('\n');
      rest = lines.pop() ?? '';
      for (const ended of lines) {
        const line = ended.endsWith('\r') ? ended.slice(0, -1) : ended;
        if (line.startsWith('data:')) data.push(line.slice(line[5] === ' ' ? 6 : 5));
        else if (line === '' && data.length > 0) {
          yield data.join('\n');
          data = [];
        }
      }
      if (done) return;
    }
  } finally {
    // Who leaves the loop early lets go of the connection: the server stops computing.
    await reader.cancel().catch(() => {});
  }
}

interface Chunk {
  choices?: { delta?: { content?: string | null }; finish_reason?: string | null }[];
  error?: { message?: string } | string;
}

export async function* complete(connection: Connection, messages: Message[], signal: AbortSignal): AsyncGenerator<Piece> {
  const body = JSON.stringify({ model: connection.model, messages, stream: true });
  const answer = await call(connection, '/v1/chat/completions', { method: 'POST', body, signal });
  if (!answer.body) throw new ServerError(200, 'the answer has no body');
  let ended = false;
  try {
    for await (const data of events(answer.body)) {
      if (data === '[DONE]') return;
      const chunk = JSON.parse(data) as Chunk;
      if (chunk.error) throw new ServerError(200, typeof chunk.error === 'string' ? chunk.error : (chunk.error.message ?? ''));
      const choice = chunk.choices?.[0];
      if (choice?.delta?.content) yield { content: choice.delta.content };
      if (choice?.finish_reason) {
        ended = true;
        yield { finish: choice.finish_reason };
      }
    }
  } catch (error) {
    if (isAbort(error) || error instanceof ServerError) throw error;
    throw new ServerError(200, error instanceof Error ? error.message : String(error));
  }
  if (!ended) throw new ServerError(200, 'the answer ended before its end');
}
