import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Describer } from './describer';
import { Suggester } from './suggestions';

const suggesting = (value: string) => ({ values: [{ field: 'city', value, label: 'ciudad', count: 3, query: value }], items: [] });
const DESCRIPTION = { name: 'tickets', title: '', currency: '', words: { one: '', many: '' }, fields: [] };
const SOURCE = { endpoint: 'https://shop.test/ai', key: '', catalogue: 'tickets' };

describe('asking for suggestions', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('waits for a pause, and asks for the last text only', async () => {
    const fetched = vi.fn(async (address: string) => new Response(JSON.stringify(address.includes('suggest') ? suggesting('Valencia') : DESCRIPTION)));
    vi.stubGlobal('fetch', fetched);
    const show = vi.fn();
    const suggester = new Suggester(() => SOURCE, new Describer(), show);
    suggester.typed('v');
    suggester.typed('va');
    await vi.advanceTimersByTimeAsync(200);
    expect(fetched.mock.calls.map(([address]) => address)).toEqual([
      'https://shop.test/ai/api/v1/catalogues/tickets/suggest?q=va', 'https://shop.test/ai/api/v1/catalogues/tickets',
    ]);
    expect(show.mock.calls).toEqual([[suggesting('Valencia')]]);
  });
  it('drops an answer that comes too late', async () => {
    const waiting: ((answer: Response) => void)[] = [];
    vi.stubGlobal('fetch', async (address: string) => {
      if (!address.includes('suggest')) return new Response(JSON.stringify(DESCRIPTION));
      return new Promise<Response>((resolve) => waiting.push(resolve));
    });
    const show = vi.fn();
    const suggester = new Suggester(() => SOURCE, new Describer(), show);
    suggester.typed('va');
    await vi.advanceTimersByTimeAsync(200);
    suggester.typed('val');
    await vi.advanceTimersByTimeAsync(200);
    waiting[1]!(new Response(JSON.stringify(suggesting('Valencia'))));
    await vi.advanceTimersByTimeAsync(0);
    waiting[0]!(new Response(JSON.stringify(suggesting('Vigo'))));
    await vi.advanceTimersByTimeAsync(0);
    expect(show.mock.calls).toEqual([[suggesting('Valencia')]]);
  });
  it('suggests nothing when the server cannot, or when nothing is typed', async () => {
    vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('down')));
    const show = vi.fn();
    const suggester = new Suggester(() => SOURCE, new Describer(), show);
    suggester.typed('va');
    await vi.advanceTimersByTimeAsync(200);
    suggester.typed(' ');
    expect(show.mock.calls).toEqual([[{ values: [], items: [] }], [{ values: [], items: [] }]]);
  });
});
