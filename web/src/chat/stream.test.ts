import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ChatEvent } from '../api/types';
import { follow } from './stream';

const event = (body: object) => `data: ${JSON.stringify(body)}\n\n`;
const answers = (...bodies: (string | number)[]) => {
  const left = [...bodies];
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path);
    const next = left.shift();
    if (typeof next === 'number') return new Response('{"error":{"code":"x","message":"no"}}', { status: next });
    if (next === undefined) throw new TypeError('network');
    return new Response(next);
  });
  return asked;
};
const run = async (signal = new AbortController().signal) => {
  const taken: ChatEvent['type'][] = [];
  await follow({ path: '/send', json: {}, events: (id) => `/events/${id}`, signal, take: (e) => taken.push(e.type) });
  return taken;
};
afterEach(() => vi.unstubAllGlobals());

describe('follow', () => {
  it('hands on every event until the end', async () => {
    answers(event({ type: 'answer', message: { id: 'm' } }) + event({ type: 'delta', content: 'a' }) + event({ type: 'done', message: {} }));
    expect(await run()).toEqual(['answer', 'delta', 'done']);
  });
  it('reads on from the events after the connection was cut', async () => {
    const asked = answers(event({ type: 'answer', message: { id: 'm' } }), event({ type: 'answer', message: { id: 'm' } }) + event({ type: 'done', message: {} }));
    expect(await run()).toEqual(['answer', 'answer', 'done']);
    expect(asked).toEqual(['/send', '/events/m']);
  });
  it('does not send a refused question again', async () => {
    const asked = answers(429);
    await expect(run()).rejects.toMatchObject({ status: 429 });
    expect(asked).toEqual(['/send']);
  });
  it('does not insist when the server forgot the answer', async () => {
    const asked = answers(event({ type: 'answer', message: { id: 'm' } }), 404);
    await expect(run()).rejects.toMatchObject({ status: 404 });
    expect(asked.length).toBe(2);
  });
});
