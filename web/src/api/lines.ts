// Reads streams that come line by line: NDJSON (Ollama's API) and SSE (our own).

/** Every line of the body, without its end; the last one too when nothing ends it. */
export async function* lines(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      let from = 0;
      for (let at = rest.indexOf('\n'); at >= 0; at = rest.indexOf('\n', from)) {
        yield rest.slice(from, rest[at - 1] === '\r' && at > from ? at - 1 : at);
        from = at + 1;
      }
      rest = rest.slice(from);
      if (done) break;
    }
    if (rest) yield rest;
  } finally {
    // Leaving the loop early must let go of the connection.
    await reader.cancel().catch(() => {});
  }
}

export async function* ndjson<T>(body: ReadableStream<Uint8Array>): AsyncGenerator<T> {
  for await (const line of lines(body)) if (line.trim()) yield JSON.parse(line) as T;
}

/** The data of each event, parsed. Comments, ids and names are of no use here; `[DONE]` ends OpenAI's streams. */
export async function* sse<T>(body: ReadableStream<Uint8Array>): AsyncGenerator<T> {
  let data: string[] = [];
  for await (const line of lines(body)) {
    if (line.startsWith('data:')) {
      data.push(line.slice(line[5] === ' ' ? 6 : 5));
    } else if (line === '' && data.length > 0) {
      const text = data.join('\n');
      data = [];
      if (text === '[DONE]') return;
      yield JSON.parse(text) as T;
    }
  }
  if (data.length > 0 && data.join('\n') !== '[DONE]') yield JSON.parse(data.join('\n')) as T;
}
