// What the server takes and answers.
import type { Item } from 'fragua-search';

export type { Description, Filter, Found, Item, Suggestions } from 'fragua-search';

export interface ChatMessage {
  role: 'user' | 'assistant';
  content: string;
}

/** A passage of a document that an answer rests on. */
export interface Source {
  title: string;
  text: string;
}

export interface ChatAnswer {
  response: string;
  /** What of the catalogue the answer speaks of. */
  events: Item[];
  sources: Source[];
}

/** What a question asks for, in the four parts that every concert shop knows. */
export interface SearchParams {
  genre: string | null;
  city: string | null;
  date: 'current_month' | 'next_month' | null;
  price_max: number | null;
}

export interface Page {
  limit?: number;
  offset?: number;
  sort?: 'relevance' | 'date' | 'price' | 'title';
  descending?: boolean;
}

export type SelectedItem = Item;

/** What `<fragua-search>` says of an answer that it shows. */
export interface ShownSearch {
  query: string;
  filter: import('fragua-search').Filter;
  total: number;
  not_understood: string[];
}
