// What is searched and what was found: one question at a time, the last one wins. Knows nothing of what shows it.
import { isAbort, ServerError } from '../../shared/server';
import { search, type Filter, type Found, type Source, type Wanted } from './catalogue';
import type { Describer } from './describer';

const WAIT_MAX_MS = 30_000;

type Question = Omit<Wanted, 'offset' | 'limit'>;

export interface Listener {
  searching(): void;
  /** `from`: how many items of `found` were there already. */
  found(found: Found, from: number): void;
  failed(error: ServerError): void;
}

export class Finder {
  private running: AbortController | undefined;
  private last: Found | undefined;
  private wanted: Question = {};

  constructor(
    private readonly source: () => Source,
    private readonly describer: Describer,
    private readonly limit: () => number,
    private readonly listener: Listener,
  ) {}

  /** All that was found and fetched so far. */
  get result(): Found | undefined {
    return this.last;
  }

  get busy(): boolean {
    return this.running !== undefined;
  }

  ask(query: string): Promise<void> {
    return this.run({ query }, 0);
  }

  /** The filter says everything: what the question meant is in the filter that it became. */
  refine(filter: Filter): Promise<void> {
    return this.run({ filter, ...this.order }, 0);
  }

  more(): Promise<void> {
    if (!this.last || this.last.items.length >= this.last.total) return Promise.resolve();
    // By the filter that the question became: understood once, the pages fit together.
    return this.run({ filter: this.last.filter, ...this.order }, this.last.items.length);
  }

  again(): Promise<void> {
    return this.run(this.wanted, 0);
  }

  stop(): void {
    this.running?.abort();
    this.running = undefined;
  }

  clear(): void {
    this.stop();
    this.last = undefined;
    this.wanted = {};
  }

  /** "The cheapest" stays the order when something else is ticked. */
  private get order(): Pick<Wanted, 'sort' | 'descending'> {
    return this.last ? { sort: this.last.sort, descending: this.last.descending } : {};
  }

  private async run(wanted: Question, offset: number): Promise<void> {
    this.stop();
    const control = new AbortController();
    this.running = control;
    if (offset === 0) this.wanted = wanted;
    this.listener.searching();
    try {
      const found = await this.fetch({ ...wanted, limit: this.limit(), offset }, AbortSignal.any([control.signal, AbortSignal.timeout(WAIT_MAX_MS)]));
      if (this.running !== control) return;
      this.running = undefined;
      const before = offset > 0 ? this.last : undefined;
      this.last = before ? joined(before, found) : found;
      this.listener.found(this.last, before?.items.length ?? 0);
    } catch (error) {
      if (this.running !== control || isAbort(error)) return;
      this.running = undefined;
      this.listener.failed(error instanceof ServerError ? error : new ServerError(isTimeout(error) ? 504 : 200, String(error)));
    }
  }

  private async fetch(wanted: Wanted, signal: AbortSignal): Promise<Found> {
    const source = this.source();
    const [found] = await Promise.all([search(source, wanted, signal), this.describer.ensure(source, signal)]);
    return found;
  }
}

/** A page more. What was said of the question stays said. */
function joined(before: Found, page: Found): Found {
  return { ...page, items: [...before.items, ...page.items], traces: before.traces, not_understood: before.not_understood };
}

function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'TimeoutError';
}
