// When suggestions are asked for: a little after the last key, never twice at once; what comes too late is dropped.
import { suggest, type Source, type Suggestions } from './catalogue';
import type { Describer } from './describer';

const PAUSE_MS = 120;
const WAIT_MAX_MS = 5_000;
const NONE: Suggestions = { values: [], items: [] };

export class Suggester {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: AbortController | undefined;

  constructor(
    private readonly source: () => Source,
    private readonly describer: Describer,
    private readonly show: (suggestions: Suggestions) => void,
  ) {}

  typed(text: string): void {
    this.stop();
    if (!text.trim()) return this.show(NONE);
    this.timer = setTimeout(() => void this.ask(text), PAUSE_MS);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.running?.abort();
    this.running = undefined;
  }

  /** A failure suggests nothing: Enter still searches, and says what is wrong. */
  private async ask(text: string): Promise<void> {
    const control = new AbortController();
    this.running = control;
    const suggestions = await this.fetch(text, AbortSignal.any([control.signal, AbortSignal.timeout(WAIT_MAX_MS)])).catch(() => NONE);
    if (this.running !== control) return;
    this.running = undefined;
    this.show(suggestions);
  }

  private async fetch(text: string, signal: AbortSignal): Promise<Suggestions> {
    const source = this.source();
    const [suggestions] = await Promise.all([suggest(source, text, signal), this.describer.ensure(source, signal)]);
    return suggestions;
  }
}
