// Suggestions while one types: when they are asked for, and what a chosen one makes of the text.
import { suggest, type Source, type Suggestion } from './catalogue';

const PAUSE_MS = 120;
const WAIT_MAX_MS = 5_000;

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The text with the suggestion in place of the words that begin it: "thrash en val" and Valencia are "thrash en Valencia". */
export function completed(text: string, suggestion: Suggestion): string {
  if (suggestion.kind === 'title') return suggestion.value;
  const wanted = plain(suggestion.value);
  for (const { index } of text.matchAll(/(?<![\p{L}\p{N}])[\p{L}\p{N}]/gu))
    if (wanted.startsWith(plain(text.slice(index)).trimEnd())) return text.slice(0, index) + suggestion.value;
  // Found by a synonym or despite a typo: it stands for the last word.
  const last = text.trimEnd().search(/[\p{L}\p{N}]+$/u);
  return last < 0 ? suggestion.value : text.slice(0, last) + suggestion.value;
}

/** Asks a little after the last key, never twice at once, and drops what comes too late. A failure suggests nothing: Enter still searches. */
export class Suggester {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: AbortController | undefined;

  constructor(
    private readonly source: () => Source,
    private readonly show: (suggestions: Suggestion[]) => void,
  ) {}

  typed(text: string): void {
    this.stop();
    if (!text.trim()) return this.show([]);
    this.timer = setTimeout(() => void this.ask(text), PAUSE_MS);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.running?.abort();
    this.running = undefined;
  }

  private async ask(text: string): Promise<void> {
    const control = new AbortController();
    this.running = control;
    const suggestions = await suggest(this.source(), text, AbortSignal.any([control.signal, AbortSignal.timeout(WAIT_MAX_MS)])).catch(() => []);
    if (this.running !== control) return;
    this.running = undefined;
    this.show(suggestions);
  }
}
