import { afterEach, describe, expect, it, vi } from 'vitest';
import { addressOf, ServerError } from '../../shared/server';
import { complete, events, firstModel, type Piece } from './completions';

const CONNECTION = { endpoint: 'https://ai.example.com/', key: 'sk-1', model: 'm' };

function stream(...chunks: (string | Uint8Array)[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk);
      controller.close();
    },
  });
}

async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const each of source) found.push(each);
  return found;
}

function answerWith(body: BodyInit, init?: ResponseInit) {
  const fetched = vi.fn(async (_address: string, _init: RequestInit) => new Response(body, init));
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

const delta = (content: string) => `data: ${JSON.stringify({ choices: [{ delta: { content }, finish_reason: null }] })}\n\n`;
const finish = (reason: string) => `data: ${JSON.stringify({ choices: [{ delta: {}, finish_reason: reason }] })}\n\n`;
const ask = (signal = new AbortController().signal): Promise<Piece[]> => all(complete(CONNECTION, [{ role: 'user', content: 'hi' }], signal));

afterEach(() => vi.unstubAllGlobals());

describe('events', () => {
  it('joins what the network cut, also inside a character, and skips comments', async () => {
    const bytes = new TextEncoder().encode('data: dós\r\n\r\n: ping\n\ndata:a\ndata: b\n\n');
    expect(await all(events(stream(bytes.slice(0, 8), bytes.slice(8))))).toEqual(['dós', 'a\nb']);
  });
  it('gives the last event even when nothing ends it', async () => {
    expect(await all(events(stream('data: 1')))).toEqual(['1']);
  });
});

describe('addresses', () => {
  it('are of this page unless an endpoint says otherwise', () => {
    expect(addressOf('', '/v1/models', 'https://page.test/a/b')).toBe('https://page.test/v1/models');
    expect(addressOf('/ai/', '/v1/models', 'https://page.test/a/b')).toBe('https://page.test/ai/v1/models');
    expect(addressOf('https://ai.test', '/v1/models', 'https://page.test/')).toBe('https://ai.test/v1/models');
  });
  it('are never anything but http', () => {
    expect(() => addressOf('javascript:alert(1)', '/v1', 'https://page.test/')).toThrow(ServerError);
  });
});

describe('complete', () => {
  it('sends the dialogue with the key and hands back the pieces', async () => {
    const fetched = answerWith(stream(delta('Ho'), delta('la'), finish('stop'), 'data: [DONE]\n\n'));
    expect(await ask()).toEqual([{ content: 'Ho' }, { content: 'la' }, { finish: 'stop' }]);
    const [address, init] = fetched.mock.calls[0]!;
    expect(address).toBe('https://ai.example.com/v1/chat/completions');
    expect(init.headers).toMatchObject({ Authorization: 'Bearer sk-1' });
    expect(JSON.parse(init.body as string)).toEqual({ model: 'm', messages: [{ role: 'user', content: 'hi' }], stream: true });
  });
  it('says what the server refused, and when to come back', async () => {
    answerWith('{"error":{"message":"slow down"}}', { status: 429, headers: { 'Retry-After': '7' } });
    await expect(ask()).rejects.toMatchObject({ status: 429, message: 'slow down', retryAfterS: 7 });
    answerWith('<html>bad gateway</html>', { status: 502 });
    await expect(ask()).rejects.toMatchObject({ status: 502, message: '' });
  });
  it('tells an unreachable server from a stop', async () => {
    vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('failed to fetch')));
    await expect(ask()).rejects.toMatchObject({ name: 'ServerError', status: 0 });
    vi.stubGlobal('fetch', async () => Promise.reject(new DOMException('stopped', 'AbortError')));
    await expect(ask()).rejects.toMatchObject({ name: 'AbortError' });
  });
  it('takes an error in the stream, nonsense or a missing end as broken', async () => {
    for (const body of ['data: {"error":{"message":"engine died"}}\n\n', 'data: {nonsense\n\n', delta('half')]) {
      answerWith(stream(body));
      await expect(ask()).rejects.toMatchObject({ name: 'ServerError', status: 200 });
    }
  });
});

describe('firstModel', () => {
  it('is the first that the server lists', async () => {
    answerWith('{"data":[{"id":"a"},{"id":"b"}]}');
    expect(await firstModel(CONNECTION, new AbortController().signal)).toBe('a');
    answerWith('{"data":[]}');
    await expect(firstModel(CONNECTION, new AbortController().signal)).rejects.toMatchObject({ status: 404 });
  });
});
