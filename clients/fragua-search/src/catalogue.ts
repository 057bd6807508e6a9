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
  days?: { from: string; until: string } | null;
  period?: string | null;
  price_min?: number | null;
  price_max?: number | null;
  text?: string | null;
  sort?: string | null;
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
  how: 'exact' | 'synonym' | 'typo' | 'model';
}

export interface Found {
  filter: Filter;
  items: Item[];
  total: number;
  facets: FacetCounts[];
  traces: Trace[];
  not_understood: string[];
  language: string;
  took_ms: number;
}

export interface Suggestion {
  kind: 'facet' | 'title';
  field: string;
  value: string;
  label: string;
  count: number;
}

export interface Wanted {
  query?: string;
  filter?: Filter;
  limit: number;
  offset: number;
}

const SUGGEST_TEXT_MAX = 200;

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

export async function suggest(source: Source, text: string, signal: AbortSignal): Promise<Suggestion[]> {
  const query = new URLSearchParams({ q: text.slice(-SUGGEST_TEXT_MAX) });
  const { suggestions } = await json<{ suggestions: Suggestion[] }>(await call(source, pathOf(source, `/suggest?${query}`), { signal }));
  return suggestions;
}

export async function search(source: Source, wanted: Wanted, signal: AbortSignal): Promise<Found> {
  return json(await call(source, pathOf(source, '/search'), { method: 'POST', body: JSON.stringify(wanted), signal }));
}
