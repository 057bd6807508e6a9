// The bodies of the documents' API.

export interface Collection {
  id: string;
  name: string;
  owner: string;
  is_own: boolean;
  embedding_model: string;
  /** Being computed in the background; empty when nothing is. */
  next_embedding_model: string;
  chunk_characters: number;
  chunk_overlap: number;
  prompt: string;
  documents: number;
  chunks: number;
  created_at: number;
  updated_at: number;
}

export type ReaderKind = 'user' | 'group' | 'everyone';

export interface Reader {
  kind: ReaderKind;
  id: string;
  name: string;
}

export const STATES = ['received', 'extracting', 'indexed', 'failed'] as const;
export type State = (typeof STATES)[number];
export type Counts = Record<State, number>;

export interface Document {
  id: string;
  collection_id: string;
  name: string;
  title: string;
  state: State;
  format: string;
  language: string;
  bytes: number;
  sha256: string;
  /** 0: the format has none, or nobody knows yet. */
  pages: number;
  pages_done: number;
  pages_per_second: number;
  ocr_pages: number;
  chunks: number;
  source: string;
  error_code: string;
  error: string;
  created_at: number;
  updated_at: number;
}

export interface Chunk {
  position: number;
  page: number;
  page_end: number;
  heading: string;
  content: string;
}

export interface PageFacts {
  page: number;
  label: string;
  width: number;
  height: number;
  ocr: boolean;
  confidence: number;
}

export interface DocumentText {
  chunks: Chunk[];
  pages: PageFacts[];
}

/** x0, y0, x1, y1 in fractions of the page, from its top left. */
export type Box = [number, number, number, number];

export interface Ranked {
  rank: number;
  score: number;
}

/** Where a passage or a source stands. */
export interface Place {
  document_id: string;
  document: string;
  title: string;
  collection_id: string;
  collection: string;
  /** 0: the format has no pages. */
  page: number;
  page_end: number;
  heading: string;
  score: number;
  content: string;
}

export interface Passage extends Place {
  text: Ranked | null;
  vector: Ranked | null;
  /** 0 to 1: how much of the question the passage answers, where the server weighs it. */
  evidence?: number;
}

export interface Source extends Place {
  number: number;
  quote: string;
  boxes: Box[];
}

export interface Answer {
  question: string;
  answer: string;
  sufficient: boolean;
  used_documents: boolean;
  sources: Source[];
}

export interface Turn {
  role: 'user' | 'assistant';
  content: string;
}

export type AskEvent =
  | { type: 'passages'; passages: Passage[] }
  | { type: 'delta'; content: string }
  | ({ type: 'done' } & Answer)
  /** The last one of an answer that broke. */
  | { type?: undefined; error: string | { message?: string } };
