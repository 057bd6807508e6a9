import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { firstValueFrom, lastValueFrom, take, toArray } from 'rxjs';
import { AiService } from './ai.service';
import { type FraguaConfig, provideFragua } from './config';
import { FraguaError } from './errors';

const CONFIG: FraguaConfig = { endpoint: '/api/fragua/', catalogue: 'tickets', assistant: 'knowing' };

function create(config = CONFIG): { ai: AiService; http: HttpTestingController } {
  TestBed.configureTestingModule({ providers: [provideHttpClient(), provideHttpClientTesting(), provideFragua(config)] });
  return { ai: TestBed.inject(AiService), http: TestBed.inject(HttpTestingController) };
}

const failure = (promise: Promise<unknown>) => promise.then(() => expect.fail('no error'), (error: unknown) => error as FraguaError);

function streaming(...lines: (object | string)[]) {
  const fetched = vi.fn(async (_address: string, _init: RequestInit) => new Response(lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')));
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

afterEach(() => vi.unstubAllGlobals());

describe('AiService', () => {
  it('chats in the shape of the site, without a key', async () => {
    const { ai, http } = create();
    const answer = firstValueFrom(ai.chat('¿Cuántos conciertos hay?'));
    const call = http.expectOne('/api/fragua/api/chat');
    expect(call.request.body).toEqual({ message: '¿Cuántos conciertos hay?', catalogue: 'tickets' });
    expect(call.request.headers.has('Authorization')).toBe(false);
    const events = [{ key: 'e1', fields: { name: 'Noche de Acero' } }];
    call.flush({ response: 'Hay 419.', events, sources: [] });
    expect(await answer).toEqual({ response: 'Hay 419.', events, sources: [] });
  });
  it('sends what was said before along', () => {
    const { ai, http } = create();
    const history = [{ role: 'user' as const, content: 'hola' }, { role: 'assistant' as const, content: '¡Hola!' }];
    ai.chat('¿Y en Madrid?', history).subscribe();
    expect(http.expectOne('/api/fragua/api/chat').request.body).toEqual({ message: '¿Y en Madrid?', catalogue: 'tickets', history });
  });
  it('makes parameters of a question', async () => {
    const { ai, http } = create();
    const params = firstValueFrom(ai.extractSearchParams('thrash metal en Valencia'));
    const call = http.expectOne('/api/fragua/api/generate');
    expect(call.request.body).toEqual({ model: 'search-nlp', prompt: 'thrash metal en Valencia', format: 'json', stream: false });
    call.flush({ response: '{"genre": "thrash metal", "city": "Valencia", "date": null, "price_max": null}' });
    expect(await params).toEqual({ genre: 'thrash metal', city: 'Valencia', date: null, price_max: null });
  });
  it('searches by words, by a filter, and page by page', () => {
    const { ai, http } = create();
    ai.search('punk').subscribe();
    ai.search('', { facets: { city: ['Madrid'] } }, { limit: 10, offset: 20, sort: 'price' }).subscribe();
    expect(http.match('/api/fragua/api/v1/catalogues/tickets/search').map(({ request }) => request.body)).toEqual([
      { query: 'punk' },
      { filter: { facets: { city: ['Madrid'] } }, limit: 10, offset: 20, sort: 'price' },
    ]);
  });
  it('suggests, describes, and finds one thing by its key', async () => {
    const { ai, http } = create();
    const suggestions = firstValueFrom(ai.suggest('val'));
    http.expectOne('/api/fragua/api/v1/catalogues/tickets/suggest?q=val').flush({ values: [{ value: 'Valencia' }], items: [] });
    expect(await suggestions).toEqual({ values: [{ value: 'Valencia' }], items: [] });
    ai.describe().subscribe();
    http.expectOne('/api/fragua/api/v1/catalogues/tickets');
    ai.item('a/b').subscribe();
    http.expectOne('/api/fragua/api/v1/catalogues/tickets/items/a%2Fb');
  });
  it.each([
    [0, 'unreachable', ''], [502, 'unreachable', ''], [401, 'unauthorized', ''], [403, 'forbidden', ''], [404, 'not_found', ''],
    [400, 'refused', ''], [429, 'too_many', '7'], [503, 'busy', ''], [500, 'failed', ''],
  ])('says of status %i that it is %s', async (status, kind, retryAfter) => {
    const { ai, http } = create();
    const error = failure(firstValueFrom(ai.search('punk')));
    const call = http.expectOne(() => true);
    if (status === 0) call.error(new ProgressEvent('error'));
    else call.flush({ error: { message: 'the reason' } }, { status, statusText: 'x', headers: retryAfter ? { 'Retry-After': retryAfter } : {} });
    expect(await error).toBeInstanceOf(FraguaError);
    expect(await error).toMatchObject({ kind, status, ...(status ? { message: 'the reason' } : {}), retryAfterS: Number(retryAfter) });
  });
  it('takes nonsense for a broken answer', async () => {
    const { ai, http } = create();
    const error = failure(firstValueFrom(ai.extractSearchParams('punk')));
    http.expectOne(() => true).flush({ response: 'not JSON' });
    expect(await error).toMatchObject({ kind: 'broken' });
  });
  it('waits no longer than it is told to', async () => {
    const { ai } = create({ ...CONFIG, timeoutMs: 20 });
    expect(await failure(firstValueFrom(ai.search('punk')))).toMatchObject({ kind: 'timeout' });
  });
});

describe('an answer that grows', () => {
  it('has all of the text so far, and at its end what it speaks of', async () => {
    const events = [{ key: 'e1', fields: {} }];
    const fetched = streaming({ response: 'Hay ', done: false }, '', { response: '419!', done: false }, { response: 'Hay 419.', events, sources: [], done: true });
    const { ai } = create();
    const history = [{ role: 'user' as const, content: 'hola' }];
    expect(await lastValueFrom(ai.chatStream('¿Cuántos?', history).pipe(toArray()))).toEqual([
      { response: 'Hay ', events: [], sources: [] },
      { response: 'Hay 419!', events: [], sources: [] },
      // The server's last check may have mended it.
      { response: 'Hay 419.', events, sources: [] },
    ]);
    const [address, init] = fetched.mock.calls[0];
    expect(address).toBe('/api/fragua/api/chat');
    expect(JSON.parse(init.body as string)).toEqual({ message: '¿Cuántos?', catalogue: 'tickets', history, stream: true });
  });
  it('ends with an error when the server says one, breaks off, or cannot be reached', async () => {
    const { ai } = create();
    for (const lines of [[{ error: 'the engine died' }], [{ response: 'Hay' }], ['{nonsense']]) {
      streaming(...lines);
      expect(await failure(lastValueFrom(ai.chatStream('x')))).toMatchObject({ kind: 'broken' });
    }
    vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('down')));
    expect(await failure(lastValueFrom(ai.chatStream('x')))).toMatchObject({ kind: 'unreachable' });
    vi.stubGlobal('fetch', async () => new Response('{"error":"wait"}', { status: 429, headers: { 'Retry-After': '3' } }));
    expect(await failure(lastValueFrom(ai.chatStream('x')))).toMatchObject({ kind: 'too_many', message: 'wait', retryAfterS: 3 });
  });
  it('lets go of the connection with its reader', async () => {
    const fetched = streaming({ response: 'a' }, { response: 'b' }, { response: 'ab', done: true });
    const { ai } = create();
    expect((await lastValueFrom(ai.chatStream('x').pipe(take(1)))).response).toBe('a');
    expect(fetched.mock.calls[0][1].signal!.aborted).toBe(true);
  });
});
