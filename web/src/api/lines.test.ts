import { describe, expect, it } from 'vitest';
import { lines, ndjson, sse } from './lines';

function stream(...chunks: (string | Uint8Array)[]): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(typeof chunk === 'string' ? encoder.encode(chunk) : chunk);
      controller.close();
    },
  });
}

async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of source) found.push(item);
  return found;
}

describe('lines', () => {
  it('joins what the network cut, also inside a character', async () => {
    const bytes = new TextEncoder().encode('uno\ndós');
    expect(await all(lines(stream(bytes.slice(0, 6), bytes.slice(6))))).toEqual(['uno', 'dós']);
  });
  it('takes off carriage returns and keeps empty lines', async () => {
    expect(await all(lines(stream('a\r\n\r\nb\n')))).toEqual(['a', '', 'b']);
  });
});

describe('ndjson', () => {
  it('reads one object a line and skips empty lines', async () => {
    expect(await all(ndjson(stream('{"a":1}\n\n{"a"', ':2}')))).toEqual([{ a: 1 }, { a: 2 }]);
  });
});

describe('sse', () => {
  it('reads data lines and ignores comments and names', async () => {
    expect(await all(sse(stream(': hello\n\nevent: x\ndata: {"a":1}\n\ndata:{"a":2}\n\n')))).toEqual([{ a: 1 }, { a: 2 }]);
  });
  it('joins several data lines of one event', async () => {
    expect(await all(sse(stream('data: {"a":\ndata: 1}\n\n')))).toEqual([{ a: 1 }]);
  });
  it('stops at [DONE]', async () => {
    expect(await all(sse(stream('data: {"a":1}\n\ndata: [DONE]\n\ndata: {"a":2}\n\n')))).toEqual([{ a: 1 }]);
  });
  it('gives the last event even when the connection ends without an empty line', async () => {
    expect(await all(sse(stream('data: {"a":1}')))).toEqual([{ a: 1 }]);
  });
});
