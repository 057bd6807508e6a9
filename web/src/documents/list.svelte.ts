// The documents of one collection as they are shown: narrowed, read in parts, and read again while something changes.
import { isAbort, request } from '../api/request';
import { merge } from './merge';
import { collectionPath, documentPath } from './paths';
import { isBusy } from './progress';
import type { Counts, Document, State } from './types';

interface Page {
  documents: Document[];
  next_cursor: string;
  counts: Counts;
}

const LIMIT = 50;
const LIMIT_MAX = 200;
const EVERY_MS = 1_500;

export class DocumentList {
  all = $state.raw<Document[]>([]);
  counts = $state.raw<Counts>({ received: 0, extracting: 0, indexed: 0, failed: 0 });
  loaded = $state(false);
  failure = $state.raw<unknown>();
  search = $state('');
  state = $state<State | ''>('');
  private cursor = $state('');
  private loads = new AbortController();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private left = false;

  constructor(
    readonly collection: string,
    /** Called when there is less to do than there was: figures elsewhere have changed. */
    private readonly whenRead: () => void = () => {},
  ) {
    void this.load();
  }

  get more(): boolean {
    return this.cursor !== '';
  }

  get total(): number {
    return Object.values(this.counts).reduce((sum, count) => sum + count, 0);
  }

  load = (): Promise<void> => this.take(LIMIT, (page) => this.show(page.documents, page.next_cursor));

  async loadMore(): Promise<void> {
    if (this.cursor) await this.take(LIMIT, (page) => this.show([...this.all, ...page.documents], page.next_cursor), this.cursor);
  }

  async narrow(change: { search?: string; state?: State | '' }): Promise<void> {
    this.search = change.search ?? this.search;
    this.state = change.state ?? this.state;
    await this.load();
  }

  /** What is shown, as it is now. */
  async refresh(): Promise<void> {
    const limit = Math.min(LIMIT_MAX, Math.max(LIMIT, this.all.length));
    await this.take(limit, (page) => {
      const { documents, cursor } = merge({ documents: this.all, cursor: this.cursor }, { documents: page.documents, cursor: page.next_cursor });
      this.show(documents, cursor);
    });
  }

  async remove(document: Document): Promise<void> {
    await request(documentPath(document.id), { method: 'DELETE' });
    this.all = this.all.filter(({ id }) => id !== document.id);
    await this.refresh();
    this.whenRead();
  }

  async retry(document: Document, password = ''): Promise<void> {
    await request<Document>(`${documentPath(document.id)}/retry`, { json: password ? { password } : {} });
    await this.refresh();
  }

  leave(): void {
    this.left = true;
    clearTimeout(this.timer);
    this.loads.abort();
  }

  private show(documents: Document[], cursor: string): void {
    this.all = documents;
    this.cursor = cursor;
  }

  private async take(limit: number, use: (page: Page) => void, cursor = ''): Promise<void> {
    clearTimeout(this.timer);
    this.loads.abort();
    const mine = (this.loads = new AbortController());
    try {
      const query = { search: this.search, state: this.state, limit, cursor };
      const page = await request<Page>(`${collectionPath(this.collection)}/documents`, { query, signal: mine.signal });
      const waited = this.counts.received + this.counts.extracting;
      use(page);
      this.counts = page.counts;
      this.failure = undefined;
      if (this.loaded && page.counts.received + page.counts.extracting < waited) this.whenRead();
      this.loaded = true;
    } catch (error) {
      if (isAbort(error)) return;
      this.failure = error;
    }
    this.again();
  }

  /** Only while something is being read, and only while somebody looks. */
  private again(): void {
    if (this.left || !isBusy(this.counts)) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (document.hidden ? this.again() : void this.refresh()), EVERY_MS);
  }
}
