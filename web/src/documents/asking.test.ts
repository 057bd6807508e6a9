import { afterEach, describe, expect, it, vi } from 'vitest';
import { Asking } from './asking.svelte';

const event = (data: object) => `data: ${JSON.stringify(data)}\n\n`;
const done = (answer: string) => event({ type: 'done', question: 'q', answer, sufficient: true, used_documents: true, sources: [] });

function serve(...answers: (string | Error)[]) {
  const fetched = vi.fn((_: string, options: RequestInit) => {
    const answer = answers.shift()!;
    if (answer instanceof Error) return Promise.reject(answer);
    return new Promise<Response>((resolve, reject) => {
      options.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
      if (answer) resolve(new Response(answer));
    });
  });
  vi.stubGlobal('fetch', fetched);
  return { sent: (n: number) => JSON.parse(fetched.mock.calls[n]![1].body as string) };
}

describe('asking', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('takes the passages first, then the words, then the answer with its sources', async () => {
    serve(event({ type: 'passages', passages: [{ document: 'a.pdf' }] }) + event({ type: 'delta', content: 'Blue' }) + done('Blue [1].'));
    const asking = new Asking('c');
    await asking.ask('Which colour?');
    expect(asking.all[0]).toMatchObject({ question: 'Which colour?', passages: [{ document: 'a.pdf' }], answer: { answer: 'Blue [1].' }, stopped: false });
    expect(asking.running).toBe(false);
  });

  it('sends what was said before with a follow-up question, without markers and without what failed', async () => {
    const server = serve(done('Blue [1].'), new TypeError('network'), done('Green.'));
    const asking = new Asking('c');
    asking.goOnFrom([{ role: 'user', content: 'Hello' }, { role: 'assistant', content: '' }]);
    await asking.ask('Which colour?', 'small');
    await asking.ask('And then?');
    expect(asking.all[1]!.failure).toMatchObject({ status: 0 });
    await asking.again(asking.all[1]!);
    expect(server.sent(0)).toMatchObject({ collections: ['c'], model: 'small', history: [{ role: 'user', content: 'Hello' }], stream: true });
    expect(server.sent(2).history).toEqual([{ role: 'user', content: 'Hello' }, { role: 'user', content: 'Which colour?' }, { role: 'assistant', content: 'Blue.' }]);
    expect(asking.all.map(({ question, answer }) => `${question} ${answer?.answer}`)).toEqual(['Which colour? Blue [1].', 'And then? Green.']);
  });

  it('goes on from another conversation without what was said here before', async () => {
    const server = serve(done('Blue.'), done('Six.'));
    const asking = new Asking('c');
    await asking.ask('Which colour?');
    asking.goOnFrom([{ role: 'user', content: 'Rivers' }]);
    await asking.ask('How many?');
    expect(server.sent(1).history).toEqual([{ role: 'user', content: 'Rivers' }]);
    expect(asking.all.length).toBe(2);
    asking.clear();
    expect(asking.all.length).toBe(0);
  });

  it('keeps what had come when it is stopped, or cut off', async () => {
    serve('', event({ type: 'delta', content: 'Bl' }));
    const asking = new Asking('c');
    const asked = asking.ask('Which colour?');
    expect(asking.running).toBe(true);
    asking.stop();
    await asked;
    expect(asking.all[0]).toMatchObject({ stopped: true, failure: undefined });
    await asking.ask('Again?');
    expect(asking.all[1]).toMatchObject({ stopped: true, partial: 'Bl' });
  });

  it('says what the server says when it fails half way', async () => {
    serve(event({ error: { code: 'internal', message: 'out of memory' } }));
    const asking = new Asking('c');
    await asking.ask('Which colour?');
    expect(asking.all[0]!.failure).toMatchObject({ message: 'out of memory' });
  });
});
