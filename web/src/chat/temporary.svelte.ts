// A chat that is kept nowhere but here: Ollama's API, with the whole history in every question.
import { isAbort, open } from '../api/request';
import { ndjson } from '../api/lines';
import type { Message } from '../api/types';
import type { Picture } from './attachments';
import { LiveAnswer } from './live.svelte';
import type { ChatSettings, Thread } from './thread';

interface Line {
  message?: { content?: string; thinking?: string };
  done?: boolean;
  done_reason?: string;
  error?: string;
  prompt_eval_count?: number;
  eval_count?: number;
  eval_duration?: number;
  prompt_eval_duration?: number;
  load_duration?: number;
}

const ms = (nanoseconds = 0) => nanoseconds / 1e6;

export class TemporaryThread implements Thread {
  readonly temporary = true;
  readonly id = '';
  readonly title = '';
  readonly loading = false;
  readonly more = false;
  messages = $state.raw<Message[]>([]);
  live = $state.raw<LiveAnswer | undefined>();
  running = $state(false);
  failure = $state.raw<unknown>();
  settings = $state.raw<ChatSettings>({ model: '', system: '', parameters: {}, mode: 'conversation' });
  private stream = new AbortController();
  private next = 1;
  private pictures = new Map<string, readonly Picture[]>();

  constructor(settings: ChatSettings) {
    this.settings = settings;
  }

  change(settings: Partial<ChatSettings>): void {
    this.settings = { ...this.settings, ...settings };
  }

  async loadEarlier(): Promise<void> {}

  private message(role: Message['role'], content: string, parent: string | null): Message {
    const id = `t${this.next++}`;
    return {
      id, role, content, parent_id: parent, thinking: '', images: [], model: role === 'assistant' ? this.settings.model : '', status: 'done', error: '', rating: 0,
      created_at: new Date().toISOString(), siblings: [id], figures: null, done_reason: '', collections: [], sources: [], sufficient: null,
    };
  }

  async send(content: string, pictures: readonly Picture[]): Promise<void> {
    const question = this.message('user', content, this.messages.at(-1)?.id ?? null);
    question.images = pictures.map((picture) => picture.url);
    this.pictures.set(question.id, pictures);
    this.messages = [...this.messages, question];
    await this.answer(this.settings.model);
  }

  async edit(message: Message, content: string): Promise<void> {
    this.messages = this.messages.slice(0, this.messages.findIndex((m) => m.id === message.id));
    await this.send(content, this.pictures.get(message.id) ?? []);
  }

  async regenerate(answer: Message, model?: string): Promise<void> {
    this.messages = this.messages.slice(0, this.messages.findIndex((m) => m.id === answer.id));
    await this.answer(model ?? this.settings.model);
  }

  async goOn(answer: Message): Promise<void> {
    await this.answer(answer.model, answer);
  }

  private history(): object[] {
    const { system, mode } = this.settings;
    const shown = mode === 'command' ? this.messages.slice(this.messages.findLastIndex((m) => m.role === 'user')) : this.messages;
    const told = shown
      .filter((m) => m.content !== '')
      .map((m) => ({ role: m.role, content: m.content, ...(m.images.length > 0 ? { images: (this.pictures.get(m.id) ?? []).map((p) => p.base64) } : {}) }));
    return system ? [{ role: 'system', content: system }, ...told] : told;
  }

  private async answer(model: string, before?: Message): Promise<void> {
    const { think, keep_alive, ...options } = this.settings.parameters;
    const messages = this.history();
    const answer = before ?? { ...this.message('assistant', '', this.messages.at(-1)?.id ?? null), model };
    const live = new LiveAnswer(answer.id, answer.content, answer.thinking);
    const stream = (this.stream = new AbortController());
    this.failure = undefined;
    this.live = live;
    this.running = true;
    let ended: Message = { ...answer, status: 'running' };
    let { content, thinking } = answer;
    this.put(ended);
    try {
      const body = { model, messages, options, stream: true, ...(think === undefined ? {} : { think }), ...(keep_alive ? { keep_alive } : {}) };
      const reply = await open('/api/chat', { json: body, signal: stream.signal });
      const began = performance.now();
      for await (const line of ndjson<Line>(reply.body!)) {
        if (line.error) throw new Error(line.error);
        content += line.message?.content ?? '';
        thinking += line.message?.thinking ?? '';
        live.add(line.message?.content, line.message?.thinking);
        if (line.done) {
          ended = { ...ended, status: 'done', done_reason: line.done_reason ?? 'stop', figures: figures(line, performance.now() - began) };
        }
      }
    } catch (error) {
      ended = isAbort(error) ? { ...ended, status: 'stopped' } : { ...ended, status: 'failed', error: error instanceof Error ? error.message : '' };
      if (!isAbort(error) && content === '') this.failure = error;
    } finally {
      this.put({ ...ended, content, thinking, status: ended.status === 'running' ? 'stopped' : ended.status });
      this.live = undefined;
      this.running = false;
    }
  }

  private put(message: Message): void {
    const at = this.messages.findIndex((m) => m.id === message.id);
    this.messages = at < 0 ? [...this.messages, message] : this.messages.with(at, message);
  }

  async stop(): Promise<void> {
    this.stream.abort();
  }

  async show(): Promise<void> {}

  async rate(): Promise<void> {}

  leave(): void {
    this.stream.abort();
    for (const pictures of this.pictures.values()) for (const picture of pictures) URL.revokeObjectURL(picture.url);
  }
}

function figures(line: Line, wholeMs: number): Message['figures'] {
  return {
    prompt_tokens: line.prompt_eval_count ?? 0,
    cached_tokens: 0,
    answer_tokens: line.eval_count ?? 0,
    first_token_ms: ms(line.load_duration) + ms(line.prompt_eval_duration),
    answer_ms: ms(line.eval_duration) || wholeMs,
    load_ms: ms(line.load_duration),
  };
}
