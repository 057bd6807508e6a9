// A conversation that the server keeps.
import { ApiError, isAbort, open, request } from '../api/request';
import type { ChatEvent, Conversation, Message } from '../api/types';
import { conversations } from '../conversations/conversations.svelte';
import { place, prepend } from './branch';
import { toBase64, type Picture } from './attachments';
import { LiveAnswer } from './live.svelte';
import { follow } from './stream';
import type { ChatSettings, Thread } from './thread';

const PAGE = 100;
const SAVE_AFTER_MS = 400;

interface Page {
  messages: Message[];
  more: boolean;
}

export class StoredThread implements Thread {
  readonly temporary = false;
  id = $state('');
  messages = $state.raw<Message[]>([]);
  live = $state.raw<LiveAnswer | undefined>();
  loading = $state(false);
  running = $state(false);
  more = $state(false);
  failure = $state.raw<unknown>();
  settings = $state.raw<ChatSettings>({ model: '', system: '', parameters: {}, mode: 'conversation' });
  private name = $state('');
  private stream = new AbortController();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private unsaved: Partial<ChatSettings> = {};
  private earlier: Promise<void> | undefined;
  /** Stop was pressed before the answer had a name. */
  private stopWanted = false;

  constructor(
    settings: ChatSettings,
    /** Called once a new conversation has its place on the server. */
    private readonly whenCreated: (id: string) => void = () => {},
  ) {
    this.settings = settings;
  }

  get title(): string {
    return conversations.find(this.id)?.title ?? this.name;
  }

  private get path(): string {
    return `/api/v1/conversations/${encodeURIComponent(this.id)}`;
  }

  async open(id: string): Promise<void> {
    this.id = id;
    this.loading = true;
    try {
      const [conversation, page] = await Promise.all([request<Conversation>(this.path), this.page()]);
      this.name = conversation.title;
      this.settings = { model: conversation.model, system: conversation.system, parameters: conversation.parameters, mode: conversation.mode };
      this.messages = page.messages;
      this.more = page.more;
      const running = conversation.running_message_id;
      if (running) void this.follow(`${this.path}/messages/${running}/events`).catch((error: unknown) => this.fail(error));
    } catch (error) {
      this.failure = error;
    } finally {
      this.loading = false;
    }
  }

  private page(before?: string): Promise<Page> {
    return request<Page>(`${this.path}/messages`, { query: { limit: PAGE, before } });
  }

  loadEarlier(): Promise<void> {
    this.earlier ??= this.page(this.messages[0]?.id)
      .then((page) => {
        this.messages = prepend(page.messages, this.messages);
        this.more = page.more;
      })
      .catch((error: unknown) => this.fail(error))
      .finally(() => (this.earlier = undefined));
    return this.earlier;
  }

  change(settings: Partial<ChatSettings>): void {
    this.settings = { ...this.settings, ...settings };
    if (!this.id) return;
    this.unsaved = { ...this.unsaved, ...settings };
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.save().catch((error: unknown) => this.fail(error)), SAVE_AFTER_MS);
  }

  /** What was changed a moment ago must hold for the next answer. */
  private async save(): Promise<void> {
    clearTimeout(this.timer);
    if (Object.keys(this.unsaved).length === 0) return;
    const change = this.unsaved;
    this.unsaved = {};
    conversations.put(await request<Conversation>(this.path, { method: 'PATCH', json: change }));
  }

  private async create(): Promise<void> {
    const conversation = await request<Conversation>('/api/v1/conversations', { json: this.settings });
    this.id = conversation.id;
    conversations.put(conversation);
    this.whenCreated(conversation.id);
  }

  async send(content: string, pictures: readonly Picture[], collections: readonly string[] = []): Promise<void> {
    if (this.id) await this.save();
    else await this.create();
    const images = pictures.map((picture) => picture.base64);
    await this.ask({ parent_id: this.messages.at(-1)?.id ?? null, content, ...(images.length > 0 ? { images } : {}), ...(collections.length > 0 ? { collections } : {}) });
  }

  async edit(message: Message, content: string): Promise<void> {
    await this.save();
    const images = await Promise.all(message.images.map((id) => this.image(id)));
    const { collections } = message;
    await this.ask({ parent_id: message.parent_id, content, ...(images.length > 0 ? { images } : {}), ...(collections.length > 0 ? { collections } : {}) });
  }

  /** An edited question keeps its pictures; the server takes them only as they came. */
  private async image(id: string): Promise<string> {
    const answer = await open(`/api/v1/files/${encodeURIComponent(id)}`);
    return toBase64(await answer.arrayBuffer());
  }

  /** Rejects only while nothing of the question is stored. */
  private async ask(body: object): Promise<void> {
    let taken = false;
    try {
      await this.follow(`${this.path}/messages`, body, () => (taken = true));
    } catch (error) {
      if (!taken) throw error;
      this.fail(error);
    }
  }

  async regenerate(answer: Message, model?: string): Promise<void> {
    await this.save();
    await this.try(() => this.follow(`${this.path}/messages/${answer.parent_id}/answer`, model ? { model } : {}));
  }

  goOn(answer: Message): Promise<void> {
    return this.try(() => this.follow(`${this.path}/messages/${answer.id}/continue`, {}));
  }

  private async follow(path: string, json?: unknown, first: () => void = () => {}): Promise<void> {
    this.failure = undefined;
    this.running = true;
    this.stopWanted = false;
    const stream = (this.stream = new AbortController());
    try {
      await follow({
        path,
        json,
        events: (message) => `${this.path}/messages/${message}/events`,
        signal: stream.signal,
        take: (event) => {
          first();
          this.take(event);
        },
      });
      void conversations.refresh(this.id);
    } finally {
      if (this.stream === stream) {
        this.running = false;
        this.live = undefined;
      }
    }
  }

  private take(event: ChatEvent): void {
    if (event.type === 'delta') this.live?.add(event.content, event.thinking);
    else if (event.type === 'title') {
      this.name = event.title;
      conversations.rename(this.id, event.title);
    } else {
      if (event.type === 'answer') this.begin(event.message);
      this.messages = place(this.messages, event.message);
      if (event.type === 'message') conversations.touch(this.id);
      if (event.type === 'done') {
        // The stream may stay open for the title; the writer need not wait for it.
        this.live = undefined;
        this.running = false;
      }
    }
  }

  private begin(answer: Message): void {
    this.live = new LiveAnswer(answer.id, answer.content, answer.thinking);
    if (this.stopWanted) void this.stop();
  }

  async stop(): Promise<void> {
    const id = this.live?.id;
    this.stopWanted = this.running && !id;
    if (id) await this.try(() => request(`${this.path}/messages/${id}/stop`, { method: 'POST' }));
  }

  show(sibling: string): Promise<void> {
    return this.try(async () => {
      conversations.put(await request<Conversation>(this.path, { method: 'PATCH', json: { current_message_id: sibling } }));
      const page = await this.page();
      this.messages = page.messages;
      this.more = page.more;
    });
  }

  rate(message: Message, rating: -1 | 0 | 1): Promise<void> {
    return this.try(async () => {
      const rated = await request<Message>(`${this.path}/messages/${message.id}`, { method: 'PATCH', json: { rating } });
      this.messages = this.messages.map((m) => (m.id === rated.id ? rated : m));
    });
  }

  private async try(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    if (isAbort(error)) return;
    this.failure = error;
    // The answer ended while we were away: what is stored is the truth.
    if (error instanceof ApiError && error.status === 404 && this.id) void this.page().then((page) => (this.messages = page.messages), () => {});
  }

  leave(): void {
    void this.save().catch(() => {});
    this.stream.abort();
  }
}
