// The list in the sidebar: what is shown now, and where the rest of it begins.
import { isAbort, request } from '../api/request';
import type { Conversation } from '../api/types';

export interface Filter {
  search: string;
  folder: string;
  tag: string;
  archived: boolean;
}

export interface Facets {
  folders: { name: string; count: number }[];
  tags: { name: string; count: number }[];
}

interface Page {
  conversations: Conversation[];
  next_cursor: string;
}

const LIMIT = 50;
export const NO_FILTER: Filter = { search: '', folder: '', tag: '', archived: false };

let list = $state.raw<Conversation[]>([]);
let cursor = $state('');
let loading = $state(false);
let loaded = $state(false);
let failure = $state.raw<unknown>();
let filter = $state.raw<Filter>(NO_FILTER);
let facets = $state.raw<Facets>({ folders: [], tags: [] });
let loads = new AbortController();

/** As the server sorts: pinned first, then the newest. */
export function sorted(all: readonly Conversation[]): Conversation[] {
  return [...all].sort((a, b) => Number(b.pinned) - Number(a.pinned) || b.updated_at.localeCompare(a.updated_at));
}

export function fits(conversation: Conversation, wanted: Filter): boolean {
  if (conversation.archived !== wanted.archived) return false;
  if (wanted.folder && conversation.folder !== wanted.folder) return false;
  return !wanted.tag || conversation.tags.includes(wanted.tag);
}

async function read(from: string): Promise<void> {
  loads.abort();
  const mine = (loads = new AbortController());
  loading = true;
  try {
    const page = await request<Page>('/api/v1/conversations', { query: { ...filter, limit: LIMIT, cursor: from }, signal: mine.signal });
    list = from ? [...list, ...page.conversations] : page.conversations;
    cursor = page.next_cursor;
    failure = undefined;
    loaded = true;
  } catch (error) {
    if (!isAbort(error)) failure = error;
  } finally {
    if (loads === mine) loading = false;
  }
}

async function readFacets(): Promise<void> {
  facets = await request<Facets>('/api/v1/conversations/facets').catch(() => facets);
}

export const conversations = {
  get all(): Conversation[] {
    return list;
  },
  get more(): boolean {
    return cursor !== '';
  },
  get loading(): boolean {
    return loading;
  },
  get loaded(): boolean {
    return loaded;
  },
  get failure(): unknown {
    return failure;
  },
  get filter(): Filter {
    return filter;
  },
  get facets(): Facets {
    return facets;
  },
  find(id: string): Conversation | undefined {
    return list.find((conversation) => conversation.id === id);
  },
  async load(): Promise<void> {
    await Promise.all([read(''), readFacets()]);
  },
  async loadMore(): Promise<void> {
    if (cursor && !loading) await read(cursor);
  },
  async narrow(change: Partial<Filter>): Promise<void> {
    filter = { ...filter, ...change };
    await read('');
  },
  /** Takes a conversation's newest state: in its place, gone when it does not fit what is shown. */
  put(conversation: Conversation): void {
    const known = list.find((c) => c.id === conversation.id);
    const others = list.filter((c) => c.id !== conversation.id);
    if (!known && filter.search) return;
    if (!fits(conversation, filter)) list = others;
    else list = sorted([...others, { ...conversation, ...(known?.snippet === undefined ? {} : { snippet: known.snippet }) }]);
  },
  /** Title, tags and time as the server has them after an answer. */
  async refresh(id: string): Promise<void> {
    await request<Conversation>(`/api/v1/conversations/${encodeURIComponent(id)}`).then((newest) => this.put(newest), () => {});
  },
  rename(id: string, title: string): void {
    list = list.map((c) => (c.id === id ? { ...c, title } : c));
  },
  /** A question was asked in it: it is the newest now. */
  touch(id: string): void {
    list = sorted(list.map((c) => (c.id === id ? { ...c, updated_at: new Date().toISOString() } : c)));
  },
  async change(id: string, change: Partial<Conversation>): Promise<void> {
    this.put(await request<Conversation>(`/api/v1/conversations/${encodeURIComponent(id)}`, { method: 'PATCH', json: change }));
    if (change.folder !== undefined || change.tags || change.archived !== undefined) await readFacets();
  },
  async remove(id: string): Promise<void> {
    await request(`/api/v1/conversations/${encodeURIComponent(id)}`, { method: 'DELETE' });
    list = list.filter((c) => c.id !== id);
    await readFacets();
  },
  async restore(id: string): Promise<void> {
    this.put(await request<Conversation>(`/api/v1/conversations/${encodeURIComponent(id)}/restore`, { method: 'POST' }));
    await readFacets();
  },
  forget(): void {
    loads.abort();
    list = [];
    cursor = '';
    loaded = false;
    filter = NO_FILTER;
    facets = { folders: [], tags: [] };
  },
};
