// The bodies of the contract that more than one feature reads.
import type { Source } from '../documents/types';

export type Role = 'admin' | 'member' | 'pending';
export type SignUp = 'closed' | 'pending' | 'open';

export interface Limits {
  requests_per_minute: number | null;
  tokens_per_minute: number | null;
  tokens_per_day: number | null;
}

export interface User {
  id: string;
  name: string;
  role: Role;
  groups: string[];
  created_at: string;
  last_seen_at: string | null;
  limits: Limits;
}

export interface SessionInfo {
  version: string;
  setup_required: boolean;
  setup_token_required: boolean;
  sign_up: SignUp;
  user: User | null;
  scopes: string[];
}

export interface Parameters {
  temperature?: number;
  num_predict?: number;
  top_p?: number;
  top_k?: number;
  min_p?: number;
  repeat_penalty?: number;
  seed?: number;
  num_ctx?: number;
  num_thread?: number;
  stop?: string[];
  think?: boolean;
  keep_alive?: string;
}

export type Mode = 'conversation' | 'command';

export interface Conversation {
  id: string;
  title: string;
  model: string;
  system: string;
  parameters: Parameters;
  mode: Mode;
  folder: string;
  tags: string[];
  pinned: boolean;
  archived: boolean;
  created_at: string;
  updated_at: string;
  current_message_id: string | null;
  share_id: string | null;
  running_message_id: string | null;
  snippet?: string;
}

export interface Figures {
  prompt_tokens: number;
  cached_tokens: number;
  answer_tokens: number;
  first_token_ms: number;
  answer_ms: number;
  load_ms: number;
}

export interface Message {
  id: string;
  parent_id: string | null;
  role: 'user' | 'assistant' | 'system';
  content: string;
  thinking: string;
  images: string[];
  model: string;
  status: 'done' | 'running' | 'stopped' | 'failed';
  error: string;
  rating: -1 | 0 | 1;
  created_at: string;
  siblings: string[];
  figures: Figures | null;
  done_reason: string;
  /** Of a question: whose documents answer it. */
  collections: string[];
  /** Of an answer from documents. */
  sources: Source[];
  /** Of an answer from documents: false says that it is not in them. */
  sufficient: boolean | null;
}

export type ChatEvent =
  | { type: 'message'; message: Message }
  | { type: 'answer'; message: Message }
  | { type: 'delta'; content?: string; thinking?: string }
  | { type: 'done'; message: Message }
  | { type: 'title'; title: string };

export interface Model {
  name: string;
  size: number;
  modified_at: string;
  digest: string;
  details: { family: string; parameter_size: string; quantization_level: string; format: string };
  capabilities?: string[];
  memory_bytes?: number;
}

export interface LoadedModel {
  name: string;
  size: number;
  size_vram: number;
  expires_at: string;
  context_length: number;
}
