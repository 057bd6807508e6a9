// The server's search and chat for a site's own pages. Each call can be cancelled by unsubscribing; each error is a FraguaError.
import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import { catchError, map, type Observable, throwError, timeout } from 'rxjs';
import { streamOf } from './chat_stream';
import { FRAGUA } from './config';
import { FraguaError } from './errors';
import type { ChatAnswer, ChatMessage, Description, Filter, Found, Item, Page, SearchParams, Suggestions } from './types';

const TIMEOUT_MS = 60_000;
const SEARCH_MODEL = 'search-nlp';

@Injectable({ providedIn: 'root' })
export class AiService {
  private readonly http = inject(HttpClient);
  private readonly config = inject(FRAGUA);

  /** The whole answer of the assistant, with what of the catalogue it speaks of. */
  chat(message: string, history: ChatMessage[] = []): Observable<ChatAnswer> {
    return this.guarded(this.http.post<ChatAnswer>(this.address('/api/chat'), this.chatBody(message, history)));
  }

  /** The answer as it grows: each value has all of the text so far, the last one also what it speaks of. */
  chatStream(message: string, history: ChatMessage[] = []): Observable<ChatAnswer> {
    return this.guarded(streamOf(this.address('/api/chat'), { ...this.chatBody(message, history), stream: true }));
  }

  /** What a question asks for. Values are the catalogue's own; what it does not have is null. */
  extractSearchParams(query: string): Observable<SearchParams> {
    const body = { model: this.config.searchModel ?? SEARCH_MODEL, prompt: query, format: 'json', stream: false };
    return this.guarded(this.http.post<{ response: string }>(this.address('/api/generate'), body).pipe(map(({ response }) => JSON.parse(response) as SearchParams)));
  }

  /** What a question finds, or a filter. With both, the filter's parts go before the question's. */
  search(query: string, filter?: Filter, page: Page = {}): Observable<Found> {
    const body = { ...(query ? { query } : {}), ...(filter ? { filter } : {}), ...page };
    return this.guarded(this.http.post<Found>(this.catalogue('/search'), body));
  }

  /** How the text could go on: values of facets, and things by their titles. No model is asked. */
  suggest(text: string): Observable<Suggestions> {
    return this.guarded(this.http.get<Suggestions>(this.catalogue('/suggest'), { params: { q: text } }));
  }

  /** The catalogue's fields, words and facets. */
  describe(): Observable<Description> {
    return this.guarded(this.http.get<Description>(this.catalogue('')));
  }

  /** One thing by its key. */
  item(key: string): Observable<Item> {
    return this.guarded(this.http.get<Item>(this.catalogue(`/items/${encodeURIComponent(key)}`)));
  }

  private chatBody(message: string, history: ChatMessage[]): object {
    return { message, catalogue: this.config.catalogue, ...(history.length > 0 ? { history } : {}) };
  }

  private address(path: string): string {
    return this.config.endpoint.replace(/\/+$/, '') + path;
  }

  private catalogue(path: string): string {
    return this.address(`/api/v1/catalogues/${encodeURIComponent(this.config.catalogue)}${path}`);
  }

  /** Every wait has an end, and every error the same shape. */
  private guarded<T>(source: Observable<T>): Observable<T> {
    return source.pipe(
      timeout({ each: this.config.timeoutMs ?? TIMEOUT_MS }),
      catchError((error: unknown) => throwError(() => FraguaError.of(error))),
    );
  }
}
