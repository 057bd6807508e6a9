// One question, two answers: two branches of one stored conversation, asked for at once.
import { isAbort, request } from '../api/request';
import type { ChatEvent, Conversation, Message } from '../api/types';
import { conversations } from '../conversations/conversations.svelte';
import { LiveAnswer } from './live.svelte';
import { follow } from './stream';

export interface Turn {
  question: Message;
  answers: (Message | undefined)[];
  /** Which of the two the conversation goes on with. */
  kept: number;
}

const PAGE = 100;

interface Page {
  messages: Message[];
}

export class Comparison {
  id = $state('');
  turns = $state.raw<Turn[]>([]);
  live = $state.raw<(LiveAnswer | undefined)[]>([undefined, undefined]);
  running = $state(0);
  failure = $state.raw<unknown>();
  private stream = new AbortController();

  constructor(private readonly whenCreated: (id: string) => void = () => {}) {}

  private get path(): string {
    return `/api/v1/conversations/${encodeURIComponent(this.id)}`;
  }

  async ask(content: string, models: [string, string]): Promise<void> {
    this.failure = undefined;
    this.stream = new AbortController();
    try {
      if (!this.id) {
        const conversation = await request<Conversation>('/api/v1/conversations', { json: { model: models[0] } });
        this.id = conversation.id;
        conversations.put(conversation);
        this.whenCreated(conversation.id);
      }
      const before = this.turns.at(-1);
      const parent_id = before ? (before.answers[before.kept]?.id ?? null) : null;
      await this.run(0, `${this.path}/messages`, { parent_id, content, model: models[0] }, (question) => {
        this.turns = [...this.turns, { question, answers: [undefined, undefined], kept: 0 }];
        void this.run(1, `${this.path}/messages/${question.id}/answer`, { model: models[1] }).catch((error: unknown) => this.fail(error));
      });
    } catch (error) {
      this.fail(error);
      if (this.turns.length === 0) throw error;
    }
  }

  /** One that was made before: of each question two answers, the kept one among them; what still runs is followed. */
  async open(id: string): Promise<void> {
    this.id = id;
    try {
      const { messages } = await request<Page>(`${this.path}/messages`, { query: { limit: PAGE } });
      const asked = messages.flatMap((question, i) => {
        const kept = messages[i + 1];
        return question.role === 'user' && kept?.role === 'assistant' ? [{ question, kept }] : [];
      });
      this.turns = await Promise.all(asked.map(({ question, kept }) => this.turnOf(question, kept)));
      for (const [side, answer] of (this.turns.at(-1)?.answers ?? []).entries())
        if (answer?.status === 'running') void this.run(side, `${this.path}/messages/${answer.id}/events`).catch((error: unknown) => this.fail(error));
    } catch (error) {
      this.fail(error);
    }
  }

  private async turnOf(question: Message, kept: Message): Promise<Turn> {
    const first = kept.siblings.slice(0, 2);
    const ids = first.includes(kept.id) ? first : [first[0], kept.id];
    const answers = await Promise.all(ids.map((id) => (id === kept.id ? kept : this.message(id ?? ''))));
    return { question, answers: answers.length === 2 ? answers : [...answers, undefined], kept: ids.indexOf(kept.id) };
  }

  private async message(id: string): Promise<Message | undefined> {
    return (await request<Page>(`${this.path}/messages`, { query: { leaf: id, limit: 1 } })).messages.at(-1);
  }

  private async run(side: number, path: string, json?: object, whenStored: (question: Message) => void = () => {}): Promise<void> {
    this.running += 1;
    let over = false;
    const end = () => {
      if (!over) this.running -= 1;
      over = true;
    };
    const take = (event: ChatEvent) => {
      if (event.type === 'message') whenStored(event.message);
      else if (event.type === 'delta') this.live[side]?.add(event.content, event.thinking);
      else if (event.type === 'title') conversations.rename(this.id, event.title);
      else {
        this.put(side, event.message, event.type === 'answer' ? new LiveAnswer(event.message.id, event.message.content, event.message.thinking) : undefined);
        if (event.type === 'done') end();
        else this.keepChosen();
      }
    };
    try {
      await follow({ path, json, events: (id) => `${this.path}/messages/${id}/events`, signal: this.stream.signal, take });
    } finally {
      end();
    }
  }

  private put(side: number, message: Message, live: LiveAnswer | undefined): void {
    this.live = this.live.with(side, live);
    const turn = this.turns.at(-1);
    if (turn) this.turns = this.turns.with(-1, { ...turn, answers: turn.answers.with(side, message) });
  }

  /** For the server an answer that begins is the one to go on with; here it is the one that is marked. */
  private keepChosen(): void {
    const turn = this.turns.at(-1);
    if (turn && turn.answers.every((answer) => answer)) this.keep(turn.kept);
  }

  keep(side: number): void {
    const turn = this.turns.at(-1);
    const answer = turn?.answers[side];
    if (!turn || !answer) return;
    this.turns = this.turns.with(-1, { ...turn, kept: side });
    void request(this.path, { method: 'PATCH', json: { current_message_id: answer.id, model: answer.model } }).catch((error: unknown) => this.fail(error));
  }

  async stop(): Promise<void> {
    const running = this.live.filter((live) => live !== undefined);
    await Promise.all(running.map((live) => request(`${this.path}/messages/${live.id}/stop`, { method: 'POST' }).catch((error: unknown) => this.fail(error))));
  }

  private fail(error: unknown): void {
    if (!isAbort(error)) this.failure = error;
  }

  leave(): void {
    this.stream.abort();
  }
}
