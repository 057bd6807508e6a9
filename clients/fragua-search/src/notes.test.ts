import { expect, it } from 'vitest';
import type { Found, Trace } from './catalogue';
import { readings } from './notes';

const trace = (words: string, value: string, how: Trace['how'], part = 'genre'): Trace => ({ part, value, words, how });

it('only what was read another way is told, the values of the same words together', () => {
  const traces = [
    trace('punk', 'punk rock', 'synonym'), trace('punk', 'hardcore', 'synonym'), trace('balencia', 'Valencia', 'typo', 'city'),
    trace('thrash', 'thrash metal', 'part'), trace('Madrid', 'Madrid', 'exact', 'city'), trace('barato', '30', 'synonym', 'price_max'),
  ];
  const filter = { facets: { genre: ['punk rock', 'hardcore', 'thrash metal'], city: ['Valencia', 'Madrid'] } };
  expect(readings({ traces, filter } as unknown as Found)).toEqual([
    { words: 'punk', values: ['punk rock', 'hardcore'] },
    { words: 'balencia', values: ['Valencia'] },
  ]);
});
