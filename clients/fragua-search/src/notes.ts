// Words of a question that were read as something else: a visitor should see it. Pure.
import type { Found } from './catalogue';

// What stands in the question as the catalogue writes it, or as a part of it, needs no word.
const SURPRISING = ['synonym', 'typo', 'model'];

export function readings({ traces, filter }: Found): { words: string; values: string[] }[] {
  const chosen = new Set(Object.values(filter.facets ?? {}).flat());
  const read = new Map<string, string[]>();
  for (const { words, value, how } of traces)
    if (SURPRISING.includes(how) && chosen.has(value)) read.set(words, [...(read.get(words) ?? []), value]);
  return [...read].map(([words, values]) => ({ words, values }));
}
