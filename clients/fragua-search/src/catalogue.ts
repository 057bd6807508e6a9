// What a catalogue of a Fragua server answers: its fields, suggestions while one types, and what a question or a filter finds.
import { call, isAbort, ServerError, type Place } from '../../shared/server';

export interface Source extends Place {
  catalogue: string;
}

export type FieldKind = 'key' | 'title' | 'text' | 'facet' | 'date' | 'price' | 'number' | 'shown';

export interface Field {
  name: string;
  kind: FieldKind;
  label: string;
}

export interface Description {
  name: string;
  title: string;
  /** ISO 4217; nothing for things without a price. */
  currency: string;
  words: { one: string; many: string };
  fields: Field[];
}

export interface Filter {
  facets?: Record<string, string[]>;
  without?: Record<string, string[]>;
  /** First and last day, YYYY-MM-DD; "" is open. */
  from?: string;
  until?: string;
  /** The days' own word: current_month, next_month. */
  period?: string;
  price_min?: number | null;
  price_max?: number | null;
  text?: string;
}

export type Value = string | number | boolean | null | Value[];

export interface Item {
  key: string;
  fields: Record<string, Value>;
}

export interface FacetCounts {
  field: string;
  label: string;
  values: { value: string; count: number }[];
}

/** Why the filter has a part: these words of the question. */
export interface Trace {
  part: string;
  value: string;
  words: string;
  how: 'exact' | 'synonym' | 'part' | 'family' | 'typo' | 'model';
}

export interface Found {
  filter: Filter;
  sort: string;
  descending: boolean;
  items: Item[];
  total: number;
  facets: FacetCounts[];
  traces: Trace[];
  not_understood: string[];
  language: string;
  took_ms: number;
}

/** A value of a facet that the question could go on with. */
export interface SuggestedValue {
  field: string;
  label: string;
  value: string;
  count: number;
  /** The question, completed. */
  query: string;
}

export interface Suggestions {
  values: SuggestedValue[];
  /** Things whose title begins as the question does. */
  items: Item[];
}

export interface Wanted {
  query?: string;
  filter?: Filter;
  sort?: string;
  descending?: boolean;
  limit: number;
  offset: number;
}

const pathOf = (source: Source, rest = '') => `/api/v1/catalogues/${encodeURIComponent(source.catalogue)}${rest}`;

async function json<T>(answer: Response): Promise<T> {
  try {
    return (await answer.json()) as T;
  } catch (error) {
    if (isAbort(error)) throw error;
    throw new ServerError(200, 'the answer is not JSON');
  }
}

export async function describe(source: Source, signal: AbortSignal): Promise<Description> {
  return json(await call(source, pathOf(source), { signal }));
}

export async function suggest(source: Source, text: string, signal: AbortSignal): Promise<Suggestions> {
  return json(await call(source, pathOf(source, `/suggest?${new URLSearchParams({ q: text })}`), { signal }));
}

export async function search(source: Source, wanted: Wanted, signal: AbortSignal): Promise<Found> {
  return json(await call(source, pathOf(source, '/search'), { method: 'POST', body: JSON.stringify(wanted), signal }));
}
