import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Suggestion } from './catalogue';
import { completed, Suggester } from './suggestions';

const facet = (value: string): Suggestion => ({ kind: 'facet', field: 'city', value, label: 'ciudad', count: 3 });
const SOURCE = { endpoint: 'https://shop.test/ai', key: '', catalogue: 'tickets' };

describe('a chosen suggestion', () => {
  it.each([
    ['val', 'Valencia', 'Valencia'],
    ['thrash en val', 'Valencia', 'thrash en Valencia'],
    ['conciertos en san seb', 'San Sebastián', 'conciertos en San Sebastián'],
    ['punk en malag', 'Málaga', 'punk en Málaga'],
    ['thrash en Donostia', 'San Sebastián', 'thrash en San Sebastián'],
    ['', 'Valencia', 'Valencia'],
  ])('completes "%s" with %s to "%s"', (text, value, wanted) => expect(completed(text, facet(value))).toBe(wanted));
  it('of a title is the whole question', () => {
    expect(completed('la noche del', { ...facet('Noche del Trueno'), kind: 'title' })).toBe('Noche del Trueno');
  });
});

describe('asking for suggestions', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('waits for a pause, and asks for the last text only', async () => {
    const fetched = vi.fn(async (_address: string, _init?: RequestInit) => new Response(JSON.stringify({ suggestions: [facet('Valencia')] })));
    vi.stubGlobal('fetch', fetched);
    const show = vi.fn();
    const suggester = new Suggester(() => SOURCE, show);
    suggester.typed('v');
    suggester.typed('va');
    await vi.advanceTimersByTimeAsync(200);
    expect(fetched.mock.calls.map(([address]) => address)).toEqual(['https://shop.test/ai/api/v1/catalogues/tickets/suggest?q=va']);
    expect(show.mock.calls).toEqual([[[facet('Valencia')]]]);
  });
  it('drops an answer that comes too late', async () => {
    const waiting: ((answer: Response) => void)[] = [];
    vi.stubGlobal('fetch', () => new Promise<Response>((resolve) => waiting.push(resolve)));
    const show = vi.fn();
    const suggester = new Suggester(() => SOURCE, show);
    suggester.typed('va');
    await vi.advanceTimersByTimeAsync(200);
    suggester.typed('val');
    await vi.advanceTimersByTimeAsync(200);
    waiting[1]!(new Response(JSON.stringify({ suggestions: [facet('Valencia')] })));
    await vi.advanceTimersByTimeAsync(0);
    waiting[0]!(new Response(JSON.stringify({ suggestions: [facet('Vigo')] })));
    await vi.advanceTimersByTimeAsync(0);
    expect(show.mock.calls).toEqual([[[facet('Valencia')]]]);
  });
  it('suggests nothing when the server cannot, or when nothing is typed', async () => {
    vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('down')));
    const show = vi.fn();
    const suggester = new Suggester(() => SOURCE, show);
    suggester.typed('va');
    await vi.advanceTimersByTimeAsync(200);
    suggester.typed(' ');
    expect(show.mock.calls).toEqual([[[]], [[]]]);
  });
});
