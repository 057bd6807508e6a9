import { afterEach, expect, it, vi } from 'vitest';
import type { Message } from '../api/types';
import { Comparison } from './compare.svelte';

afterEach(() => vi.unstubAllGlobals());

const message = (id: string, role: 'user' | 'assistant', model: string): Message =>
  ({ id, parent_id: null, role, content: '', thinking: '', images: [], model, status: 'running', error: '', rating: 0, created_at: '', siblings: [id], figures: null, done_reason: '', collections: [], sources: [], sufficient: null });
const sse = (...events: object[]) => new Response(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''));
const answer = (id: string, model: string) => [{ type: 'answer', message: message(id, 'assistant', model) }, { type: 'done', message: { ...message(id, 'assistant', model), status: 'done' } }];

it('tells the server which of two answers it goes on with, though the other began later', async () => {
  const chosen: unknown[] = [];
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    if (path.endsWith('/messages')) return sse({ type: 'message', message: message('q', 'user', '') }, ...answer('left', 'one'));
    if (path.endsWith('/answer')) return sse(...answer('right', 'two'));
    if (init.method === 'PATCH') chosen.push(JSON.parse(init.body as string));
    return new Response(JSON.stringify({ id: 'c', title: '' }));
  });
  const comparison = new Comparison();
  await comparison.ask('hi', ['one', 'two']);
  await vi.waitFor(() => expect(comparison.running).toBe(0));
  expect(comparison.turns[0]?.kept).toBe(0);
  expect(chosen.at(-1)).toEqual({ current_message_id: 'left', model: 'one' });
});

it('finds both answers of an earlier comparison again, and which one was kept', async () => {
  const stored = (id: string, role: 'user' | 'assistant', model: string, siblings: string[]) => ({ ...message(id, role, model), status: 'done', siblings });
  const pair = ['left', 'right'];
  vi.stubGlobal('fetch', async (path: string) => {
    const leaf = new URL(path, 'http://x').searchParams.get('leaf');
    const messages = leaf === 'left' ? [stored('left', 'assistant', 'one', pair)] : [stored('q', 'user', '', ['q']), stored('right', 'assistant', 'two', pair)];
    return new Response(JSON.stringify({ messages }));
  });
  const comparison = new Comparison();
  await comparison.open('c');
  expect(comparison.failure).toBeUndefined();
  expect(comparison.turns.map(({ answers, kept }) => [answers.map((answer) => answer?.model), kept])).toEqual([[['one', 'two'], 1]]);
});
