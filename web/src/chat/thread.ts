// What the chat page needs of a conversation, stored or temporary.
import type { Message, Mode, Parameters } from '../api/types';
import type { Picture } from './attachments';
import type { LiveAnswer } from './live.svelte';

export interface ChatSettings {
  model: string;
  system: string;
  parameters: Parameters;
  mode: Mode;
}

export interface Thread {
  /** Empty until it is stored; temporary ones keep it empty. */
  readonly id: string;
  readonly title: string;
  readonly temporary: boolean;
  readonly messages: readonly Message[];
  readonly live: LiveAnswer | undefined;
  readonly loading: boolean;
  readonly running: boolean;
  /** Earlier messages are on the server. */
  readonly more: boolean;
  readonly failure: unknown;
  readonly settings: ChatSettings;
  change(settings: Partial<ChatSettings>): void;
  loadEarlier(): Promise<void>;
  /** Rejects when the question was not taken: its text is still the writer's. `collections`: whose documents answer it. */
  send(content: string, pictures: readonly Picture[], collections?: readonly string[]): Promise<void>;
  edit(message: Message, content: string): Promise<void>;
  regenerate(answer: Message, model?: string): Promise<void>;
  goOn(answer: Message): Promise<void>;
  stop(): Promise<void>;
  show(sibling: string): Promise<void>;
  rate(message: Message, rating: -1 | 0 | 1): Promise<void>;
  /** Lets go of the stream; the server goes on. */
  leave(): void;
}
