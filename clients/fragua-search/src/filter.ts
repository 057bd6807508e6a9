// A filter as a person changes it: values ticked and parts taken away. Pure.
import type { Filter } from './catalogue';

/** One part of a filter that can be taken away by itself. */
export type Part =
  | { kind: 'facet' | 'without'; field: string; value: string }
  | { kind: 'days'; from: string; until: string }
  | { kind: 'price'; min: number | null; max: number | null }
  | { kind: 'text'; text: string };

type Values = Record<string, string[]>;

function toggledIn(values: Values, field: string, value: string): Values {
  const before = values[field] ?? [];
  const after = before.includes(value) ? before.filter((each) => each !== value) : [...before, value];
  const { [field]: _, ...others } = values;
  return after.length > 0 ? { ...others, [field]: after } : others;
}

export function toggled(filter: Filter, field: string, value: string): Filter {
  return { ...filter, facets: toggledIn(filter.facets ?? {}, field, value) };
}

export function has(filter: Filter, field: string, value: string): boolean {
  return filter.facets?.[field]?.includes(value) ?? false;
}

export function partsOf(filter: Filter): Part[] {
  const parts: Part[] = [];
  for (const kind of ['facet', 'without'] as const)
    for (const [field, values] of Object.entries((kind === 'facet' ? filter.facets : filter.without) ?? {}))
      parts.push(...values.map((value) => ({ kind, field, value })));
  const { from = '', until = '' } = filter;
  if (from || until) parts.push({ kind: 'days', from, until });
  const min = filter.price_min ?? null;
  const max = filter.price_max ?? null;
  if (min !== null || max !== null) parts.push({ kind: 'price', min, max });
  if (filter.text) parts.push({ kind: 'text', text: filter.text });
  return parts;
}

export function removed(filter: Filter, part: Part): Filter {
  switch (part.kind) {
    case 'facet': return toggled(filter, part.field, part.value);
    case 'without': return { ...filter, without: toggledIn(filter.without ?? {}, part.field, part.value) };
    // The period is the days' word: it goes with them.
    case 'days': return { ...filter, from: '', until: '', period: '' };
    case 'price': return { ...filter, price_min: null, price_max: null };
    case 'text': return { ...filter, text: '' };
  }
}
