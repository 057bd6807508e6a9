import { afterEach, describe, expect, it, vi } from 'vitest';
import { fetchDocuments, readUrls } from './urls';

afterEach(() => vi.unstubAllGlobals());

describe('addresses of documents', () => {
  it('reads one a line, each once, and completes what was left out', () => {
    expect(readUrls(' https://a.es/x.pdf\nb.es/manual\n\nhttps://a.es/x.pdf  HTTP://c.es ')).toEqual(['https://a.es/x.pdf', 'https://b.es/manual', 'HTTP://c.es']);
    expect(readUrls(' \n')).toEqual([]);
  });
  it('says of each what became of it', async () => {
    const answered = { documents: [{ url: 'https://a.es', id: '1', error: '', duplicate: false }, { url: 'https://b.es', id: '2', error: '', duplicate: true }, { url: 'https://c.es', error: { code: 'unavailable', message: 'gone' } }] };
    const fetch = vi.fn(async () => new Response(JSON.stringify(answered)));
    vi.stubGlobal('fetch', fetch);
    expect(await fetchDocuments('k', ['https://a.es'])).toEqual([
      { url: 'https://a.es', error: '', known: false },
      { url: 'https://b.es', error: '', known: true },
      { url: 'https://c.es', error: 'gone', known: false },
    ]);
    expect(fetch).toHaveBeenCalledWith('/api/v1/collections/k/urls', expect.objectContaining({ method: 'POST' }));
  });
});
