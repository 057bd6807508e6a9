import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DocumentList } from './list.svelte';
import type { State } from './types';

const page = (states: State[]) => ({
  documents: states.map((state, i) => ({ id: String(i), state })),
  next_cursor: '',
  counts: Object.fromEntries(['received', 'extracting', 'indexed', 'failed'].map((state) => [state, states.filter((one) => one === state).length])),
});

describe('the documents of a collection', () => {
  let answer: object;
  const fetched = vi.fn((..._: unknown[]) => Promise.resolve(new Response(JSON.stringify(answer))));
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('fetch', fetched.mockClear());
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('are read again only while something is being read', async () => {
    answer = page(['extracting', 'indexed']);
    const read = vi.fn();
    const list = new DocumentList('c', read);
    await vi.advanceTimersByTimeAsync(3_200);
    expect(fetched).toHaveBeenCalledTimes(3);
    answer = page(['indexed', 'indexed']);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(read).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fetched).toHaveBeenCalledTimes(4);
    expect(list.all.map(({ state }) => state)).toEqual(['indexed', 'indexed']);
  });

  it('are not read again by a page that was left', async () => {
    answer = page(['received']);
    const list = new DocumentList('c');
    await vi.advanceTimersByTimeAsync(0);
    list.leave();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  it('are narrowed by the server', async () => {
    answer = page(['failed']);
    const list = new DocumentList('c');
    await list.narrow({ search: 'á b', state: 'failed' });
    expect(fetched.mock.lastCall?.[0]).toBe('/api/v1/collections/c/documents?search=%C3%A1+b&state=failed&limit=50');
    list.leave();
  });
});
