// The dialogue: kept in memory only, one question at a time. Knows nothing of what shows it.
import { isAbort, ServerError } from '../../shared/server';
import { complete, firstModel, type Connection, type Message } from './completions';

export type Ending = 'done' | 'cut' | 'stopped';

export interface Listener {
  asked(question: string): void;
  /** The whole answer so far. */
  grew(answer: string): void;
  ended(answer: string, how: Ending): void;
  /** `answer` is what came before; when it is empty, the question left the dialogue. */
  failed(error: ServerError, question: string, answer: string): void;
  /** Stopped before anything came: the question left the dialogue. */
  withdrawn(question: string): void;
}

export class Dialogue {
  private kept: Message[] = [];
  private running: AbortController | undefined;

  constructor(
    private readonly connection: () => Connection,
    private readonly system: () => string,
    private readonly listener: Listener,
  ) {}

  get messages(): Message[] {
    return this.kept.map((message) => ({ ...message }));
  }

  get busy(): boolean {
    return this.running !== undefined;
  }

  stop(): void {
    this.running?.abort();
  }

  clear(): void {
    const running = this.running;
    this.running = undefined;
    running?.abort();
    this.kept = [];
  }

  /** Resolves when the answer has ended, however it did. */
  async ask(question: string): Promise<void> {
    if (this.running) return;
    const control = new AbortController();
    this.running = control;
    const kept = this.kept;
    kept.push({ role: 'user', content: question });
    this.listener.asked(question);
    let answer = '';
    let cut = false;
    let problem: unknown;
    try {
      const connection = this.connection();
      if (!connection.model) connection.model = await firstModel(connection, control.signal);
      for await (const piece of complete(connection, this.sent(), control.signal)) {
        cut ||= piece.finish === 'length';
        if (!piece.content || this.running !== control) continue;
        answer += piece.content;
        this.listener.grew(answer);
      }
    } catch (error) {
      problem = error;
    }
    // Cleared meanwhile: this answer belongs to no dialogue any more.
    if (this.running !== control) return;
    this.running = undefined;
    if (answer || !problem) kept.push({ role: 'assistant', content: answer });
    else kept.pop();
    this.tell(problem, question, answer, cut);
  }

  private tell(problem: unknown, question: string, answer: string, cut: boolean): void {
    if (!problem) return this.listener.ended(answer, cut ? 'cut' : 'done');
    if (!isAbort(problem)) return this.listener.failed(problem instanceof ServerError ? problem : new ServerError(0, String(problem)), question, answer);
    if (answer) this.listener.ended(answer, 'stopped');
    else this.listener.withdrawn(question);
  }

  private sent(): Message[] {
    const system = this.system();
    return system ? [{ role: 'system', content: system }, ...this.kept] : [...this.kept];
  }
}
