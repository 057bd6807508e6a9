import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import './index';
import type { Found, Item, Suggestions } from './catalogue';
import type { FraguaSearch } from './fragua_search';

const DESCRIPTION = {
  name: 'tickets', title: 'Conciertos', currency: 'EUR', words: { one: 'concierto', many: 'conciertos' },
  fields: [
    { name: 'id', kind: 'key', label: 'id' }, { name: 'name', kind: 'title', label: 'nombre' }, { name: 'date', kind: 'date', label: 'fecha' },
    { name: 'genre', kind: 'facet', label: 'género' }, { name: 'city', kind: 'facet', label: 'ciudad' }, { name: 'venue', kind: 'shown', label: 'sala' },
    { name: 'price', kind: 'price', label: 'precio' },
  ],
};
const ITEMS: Item[] = [
  { key: 'e1', fields: { id: 'e1', name: 'Noche de Acero', date: '2025-11-08 21:30:00', genre: 'thrash metal', city: 'Valencia', venue: 'Sala Norte', price: 16 } },
  { key: 'e2', fields: { id: 'e2', name: '<img src=x onerror=alert(1)>', date: '2025-11-09 20:00:00', genre: 'thrash metal', city: 'Valencia', venue: null, price: 0 } },
];
const FOUND: Found = {
  filter: { facets: { genre: ['thrash metal'], city: ['Valencia'] }, without: {}, from: '', until: '', period: '', price_min: null, price_max: 30, text: '' },
  sort: 'price', descending: false,
  items: ITEMS, total: 3, took_ms: 4, language: 'es',
  facets: [{ field: 'city', label: 'ciudad', values: Array.from({ length: 10 }, (_, i) => ({ value: i ? `Ciudad ${i}` : 'Valencia', count: 10 - i })) }],
  traces: [{ part: 'city', value: 'Valencia', words: 'balencia', how: 'typo' }, { part: 'genre', value: 'thrash metal', words: 'thrash metal', how: 'exact' }],
  not_understood: ['jazz'],
};
const ORDER = { sort: 'price', descending: false };
const SUGGESTIONS: Suggestions = {
  values: [{ field: 'city', value: 'Valencia', label: 'ciudad', count: 67, query: 'thrash en Valencia' }],
  items: [ITEMS[0]!],
};

/** Answers by the last word of the path; a test puts other answers in. */
class FakeServer {
  searches: Record<string, unknown>[] = [];
  headers: Record<string, string>[] = [];
  answers: Record<string, () => Promise<Response>> = {
    tickets: async () => new Response(JSON.stringify(DESCRIPTION)),
    suggest: async () => new Response(JSON.stringify(SUGGESTIONS)),
    search: async () => new Response(JSON.stringify(FOUND)),
  };

  fetch = async (address: string, init: RequestInit): Promise<Response> => {
    const last = new URL(address).pathname.split('/').at(-1)!;
    this.headers.push(init.headers as Record<string, string>);
    if (last === 'search') this.searches.push(JSON.parse(init.body as string));
    return this.answers[last]!();
  };
}

let server: FakeServer;
let search: FraguaSearch;

const part = <T extends HTMLElement = HTMLElement>(name: string): T => search.shadowRoot!.querySelector<T>(`[part~="${name}"]`)!;
const parts = (name: string) => [...search.shadowRoot!.querySelectorAll<HTMLElement>(`[part~="${name}"]`)];
const texts = (name: string) => parts(name).map((element) => element.textContent!.replace(/[\u00a0\u202f]/g, ' '));
const settled = () => vi.waitFor(() => expect(part('frame').getAttribute('aria-busy')).toBe('false'));
const press = (key: string) => part('input').dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));

function create(attributes: Record<string, string> = {}): FraguaSearch {
  const made = document.createElement('fragua-search');
  for (const [name, value] of Object.entries({ catalogue: 'tickets', endpoint: '/api/fragua', lang: 'es', link: '/evento/{key}', ...attributes })) made.setAttribute(name, value);
  document.body.append(made);
  return made;
}

async function type(text: string): Promise<void> {
  search.focus();
  search.value = text;
  part('input').dispatchEvent(new Event('input'));
  await vi.waitFor(() => expect(part('options').hidden).toBe(false));
}

beforeEach(() => {
  server = new FakeServer();
  vi.stubGlobal('fetch', server.fetch);
  search = create();
});
afterEach(() => {
  search.remove();
  vi.unstubAllGlobals();
});

describe('a question', () => {
  beforeEach(async () => {
    search.value = ' thrash metal en balencia o jazz ';
    part('form').dispatchEvent(new Event('submit', { cancelable: true }));
    await settled();
  });

  it('is asked once, without a key, and becomes cards', () => {
    expect(server.searches).toEqual([{ query: 'thrash metal en balencia o jazz', limit: 12, offset: 0 }]);
    expect(server.headers.some((headers) => 'Authorization' in headers)).toBe(false);
    expect(part('status').textContent).toBe('3 conciertos');
    expect(texts('card-title')).toEqual(['Noche de Acero', '<img src=x onerror=alert(1)>']);
    expect(texts('card-date')[0]).toBe('sáb, 8 nov 2025 · 21:30');
    expect(texts('card-details')).toEqual(['Valencia', 'Valencia']);
    expect(texts('card-price')).toEqual(['desde 16 €', 'gratis']);
    expect(search.shadowRoot!.querySelector('img')).toBeNull();
  });
  it('says what it did not understand, and what it read another way', () => {
    expect(texts('note')).toEqual(['Aquí no hay nada que se llame «jazz»: se ha buscado sin eso.', '«balencia» se ha leído como Valencia.']);
  });
  it('is refined by ticking: the explicit filter is sent', async () => {
    parts('facet-box').find((box) => box.dataset.value === 'Ciudad 2')!.click();
    await settled();
    expect(server.searches[1]).toEqual({ filter: { ...FOUND.filter, facets: { genre: ['thrash metal'], city: ['Valencia', 'Ciudad 2'] } }, ...ORDER, limit: 12, offset: 0 });
  });
  it('loses a part by its chip', async () => {
    expect(texts('chip')).toEqual(['thrash metal', 'Valencia', 'hasta 30 €']);
    parts('chip')[2]!.click();
    await settled();
    expect(server.searches[1]).toMatchObject({ filter: { price_max: null, facets: FOUND.filter.facets } });
  });
  it('has more pages, of the same filter', async () => {
    server.answers.search = async () => new Response(JSON.stringify({ ...FOUND, items: [{ key: 'e3', fields: { name: 'Tercera' } }], not_understood: [], traces: [] }));
    part('more').click();
    await settled();
    expect(server.searches[1]).toEqual({ filter: FOUND.filter, ...ORDER, limit: 12, offset: 2 });
    expect(texts('card-title')).toEqual(['Noche de Acero', '<img src=x onerror=alert(1)>', 'Tercera']);
    expect(part('more').hidden).toBe(true);
    expect(texts('note')).toHaveLength(2);
    expect(search.shadowRoot!.activeElement?.textContent).toBe('Tercera');
  });
  it('folds long facets, but what is ticked is seen', () => {
    expect(parts('facet-box')).toHaveLength(8);
    part('facet-fold').click();
    expect(parts('facet-box')).toHaveLength(10);
    expect(search.shadowRoot!.activeElement).toBe(part('facet-fold'));
    expect(parts('facet-box').filter((box) => (box as HTMLInputElement).checked).map((box) => box.dataset.value)).toEqual(['Valencia']);
  });
  it('tells the page which card was chosen, and lets it show the thing itself', () => {
    const chosen = vi.fn((event: Event) => event.preventDefault());
    search.addEventListener('fragua-select', chosen);
    const click = new MouseEvent('click', { bubbles: true, cancelable: true, composed: true });
    part('card-link').dispatchEvent(click);
    expect((chosen.mock.calls[0]![0] as CustomEvent).detail).toEqual({ key: 'e1', fields: ITEMS[0]!.fields });
    expect(click.defaultPrevented).toBe(true);
    expect(part('card-link').getAttribute('href')).toBe(`${location.origin}/evento/e1`);
  });
  it('speaks English when it is told to', () => {
    search.setAttribute('lang', 'en');
    expect(part('status').textContent).toBe('3 results');
    expect(texts('card-price')).toEqual(['from €16', 'free']);
    expect(texts('note')[0]).toBe('Nothing here is called “jazz”: searched without it.');
  });
  it('has the labels that the page wants', () => {
    expect(texts('facet-label')).toEqual(['ciudad']);
    search.setAttribute('labels', '{"city": "town"}');
    expect(texts('facet-label')).toEqual(['town']);
    search.setAttribute('labels', 'town');
    expect(texts('facet-label')).toEqual(['ciudad']);
  });
  it('shows the fields that the page names', async () => {
    search.setAttribute('show', 'venue city');
    await search.search('punk');
    expect(texts('card-details')).toEqual(['Sala Norte · Valencia', 'Valencia']);
  });
  it('of nothing takes the results away', async () => {
    await search.search('  ');
    expect(part('body').hidden).toBe(true);
    expect(part('status').textContent).toBe('');
    expect(server.searches).toHaveLength(1);
  });
});

describe('what goes wrong', () => {
  it('is said, with a way to try again', async () => {
    const told = vi.fn();
    search.addEventListener('fragua-error', (event) => told((event as CustomEvent).detail));
    server.answers.search = async () => Promise.reject(new TypeError('down'));
    await search.search('punk');
    expect(part('error').hidden).toBe(false);
    expect(part('error-text').textContent).toBe('No se puede llegar al servidor. Inténtalo de nuevo en un momento.');
    expect(told).toHaveBeenCalledWith({ status: 0, message: 'down' });
    server.answers.search = async () => new Response(JSON.stringify(FOUND));
    part('again').click();
    await settled();
    expect(part('error').hidden).toBe(true);
    expect(server.searches.map(({ query }) => query)).toEqual(['punk', 'punk']);
  });
  it.each([
    [429, '{"error":"slow down"}', { 'Retry-After': '7' }, 'Demasiadas preguntas. Inténtalo de nuevo en 7 s.'],
    [400, '{"error":{"message":"too long"}}', {}, 'La pregunta no se ha aceptado: too long'],
    [403, '', {}, 'Esta página no puede usar el buscador.'],
    [404, '', {}, 'El buscador no está configurado: su catálogo o su dirección no existe.'],
    [200, '<html>', {}, 'La respuesta se interrumpió. Inténtalo de nuevo.'],
    [500, '', {}, 'No ha funcionado (500).'],
  ])('status %i is explained', async (status, body, headers, wanted) => {
    server.answers.search = async () => new Response(body, { status, headers: headers as Record<string, string> });
    await search.search('punk');
    expect(part('error-text').textContent).toBe(wanted);
    expect(part('body').hidden).toBe(true);
  });
  it('nothing found is no error: it says what to do', async () => {
    server.answers.search = async () => new Response(JSON.stringify({ ...FOUND, items: [], total: 0, facets: [] }));
    await search.search('punk');
    expect(part('status').textContent).toBe('No se ha encontrado nada. Quita alguna condición o pregunta con otras palabras.');
    expect(part('error').hidden).toBe(true);
  });
  it('a link that is no page is none', async () => {
    search.setAttribute('link', 'javascript:alert("{key}")');
    await search.search('punk');
    expect(part('card-link')).toBeNull();
  });
  it('the last question wins', async () => {
    let first!: (answer: Response) => void;
    server.answers.search = () => new Promise<Response>((resolve) => (first = resolve));
    const slow = search.search('uno');
    await vi.waitFor(() => expect(server.searches).toHaveLength(1));
    server.answers.search = async () => new Response(JSON.stringify({ ...FOUND, total: 1, items: [ITEMS[0]] }));
    await search.search('dos');
    first(new Response(JSON.stringify(FOUND)));
    await slow;
    expect(part('status').textContent).toBe('1 concierto');
  });
});

describe('suggestions', () => {
  it('open while one types and are chosen with the keys', async () => {
    await type('thrash en val');
    expect(part('input').getAttribute('aria-expanded')).toBe('true');
    expect(texts('option')).toEqual(['Valenciaciudad67', 'Noche de Acerosáb, 8 nov 2025 · 21:30']);
    press('ArrowDown');
    expect(part('input').getAttribute('aria-activedescendant')).toBe('option-0');
    press('ArrowDown');
    press('ArrowDown');
    expect(part('input').hasAttribute('aria-activedescendant')).toBe(false);
    press('ArrowDown');
    press('Enter');
    await settled();
    expect(search.value).toBe('thrash en Valencia');
    expect(server.searches.map(({ query }) => query)).toEqual(['thrash en Valencia']);
    expect(part('options').hidden).toBe(true);
  });
  it('are not chosen by Enter for a text that has changed since', async () => {
    await type('val');
    press('ArrowDown');
    await type('valencia barata');
    press('Enter');
    expect(part('input').hasAttribute('aria-activedescendant')).toBe(false);
    expect(search.value).toBe('valencia barata');
  });
  it('are chosen with the pointer', async () => {
    await type('val');
    parts('option-value')[0]!.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true }));
    await settled();
    expect(server.searches.map(({ query }) => query)).toEqual(['thrash en Valencia']);
  });
  it('of a thing lead to it, and to what has its title where it has no page', async () => {
    const chosen = vi.fn((event: Event) => event.preventDefault());
    search.addEventListener('fragua-select', chosen);
    await type('noche');
    press('ArrowUp');
    press('Enter');
    expect((chosen.mock.calls[0]![0] as CustomEvent).detail).toEqual({ key: 'e1', fields: ITEMS[0]!.fields });
    expect(server.searches).toEqual([]);
    search.removeAttribute('link');
    await type('noche');
    press('ArrowUp');
    press('Enter');
    await settled();
    expect(server.searches.map(({ query }) => query)).toEqual(['Noche de Acero']);
  });
  it('close with Esc, and Enter then asks what stands in the field', async () => {
    await type('val');
    press('Escape');
    expect(part('options').hidden).toBe(true);
    expect(part('input').getAttribute('aria-expanded')).toBe('false');
    expect(search.value).toBe('val');
  });
  it('never open over a field that has lost the focus', async () => {
    search.focus();
    search.value = 'val';
    part('input').dispatchEvent(new Event('input'));
    part('input').blur();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(part('options').hidden).toBe(true);
  });
});

it('a page may name the first question', async () => {
  search.remove();
  search = create({ query: 'punk', limit: '5' });
  await settled();
  expect(server.searches).toEqual([{ query: 'punk', limit: 5, offset: 0 }]);
});
