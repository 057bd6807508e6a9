// Questions to the documents of a collection and what was answered, for as long as the tab lives.
import { isAbort, open } from '../api/request';
import { sse } from '../api/lines';
import { LiveAnswer } from '../chat/live.svelte';
import { whenLeaving } from '../shared/leaving';
import { withoutMarkers } from './markers';
import type { Answer, AskEvent, Passage, Turn } from './types';

export interface Asked {
  id: number;
  question: string;
  passages: Passage[] | undefined;
  answer: Answer | undefined;
  failure: unknown;
  /** What had come when it was stopped or failed. */
  partial: string;
  stopped: boolean;
}

const TURNS_MAX = 200;

export class Asking {
  all = $state.raw<Asked[]>([]);
  live = $state.raw<LiveAnswer | undefined>();
  model = $state('');
  private before: Turn[] = [];
  private first = 0;
  private next = 1;
  private stream = new AbortController();

  constructor(readonly collection: string) {}

  get running(): boolean {
    return this.live !== undefined;
  }

  /** The conversation so far, from the chat in which it began on. */
  get history(): Turn[] {
    const here = this.all.flatMap(({ id, question, answer }): Turn[] => (answer && id >= this.first ? [{ role: 'user', content: question }, { role: 'assistant', content: withoutMarkers(answer.answer) }] : []));
    return [...this.before, ...here].slice(-TURNS_MAX);
  }

  clear(): void {
    this.goOnFrom([]);
    this.all = [];
  }

  /** What comes next belongs to another conversation; what was answered stays to be read. */
  goOnFrom(before: Turn[]): void {
    this.stop();
    this.live = undefined;
    this.first = this.next;
    this.before = before.filter(({ content }) => content.trim() !== '');
  }

  async ask(question: string, model = this.model): Promise<void> {
    if (this.running) return;
    const { history } = this;
    const asked: Asked = { id: this.next++, question, passages: undefined, answer: undefined, failure: undefined, partial: '', stopped: false };
    const live = (this.live = new LiveAnswer(String(asked.id)));
    const stream = (this.stream = new AbortController());
    this.all = [...this.all, asked];
    let said = '';
    try {
      const body = { question, collections: [this.collection], stream: true, ...(model ? { model } : {}), ...(history.length > 0 ? { history } : {}) };
      const reply = await open('/api/v1/ask', { json: body, signal: stream.signal, headers: { Accept: 'text/event-stream' } });
      for await (const event of sse<AskEvent>(reply.body!)) {
        if (event.type === undefined) throw new Error(typeof event.error === 'string' ? event.error : event.error.message);
        if (event.type === 'passages') this.change(asked.id, { passages: event.passages });
        if (event.type === 'done') this.change(asked.id, { answer: event });
        if (event.type === 'delta') {
          said += event.content;
          live.add(event.content);
        }
      }
      if (!this.all.find(({ id }) => id === asked.id)?.answer) this.change(asked.id, { partial: said, stopped: true });
    } catch (error) {
      this.change(asked.id, isAbort(error) ? { partial: said, stopped: true } : { partial: said, failure: error });
    } finally {
      if (this.live === live) this.live = undefined;
    }
  }

  /** The same question once more, in its own place at the end. */
  async again(asked: Asked): Promise<void> {
    if (this.running) return;
    this.all = this.all.slice(0, this.all.findIndex(({ id }) => id === asked.id));
    await this.ask(asked.question);
  }

  stop(): void {
    this.stream.abort();
  }

  private change(id: number, change: Partial<Asked>): void {
    this.all = this.all.map((one) => (one.id === id ? { ...one, ...change } : one));
  }
}

const kept = new Map<string, Asking>();

export function askingOf(collection: string): Asking {
  const found = kept.get(collection) ?? new Asking(collection);
  kept.set(collection, found);
  return found;
}

whenLeaving(() => {
  for (const asking of kept.values()) asking.stop();
  kept.clear();
});
