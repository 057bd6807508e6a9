import { describe, expect, it } from 'vitest';
import { has, partsOf, removed, toggled } from './filter';

const FILTER = {
  facets: { genre: ['thrash metal'], city: ['Valencia', 'Madrid'] },
  without: { genre: ['indie'] },
  from: '2025-11-01',
  until: '2025-11-30',
  period: 'current_month',
  price_min: null,
  price_max: 30,
  text: 'noche',
};

describe('a filter', () => {
  it('gains and loses values, and keeps no facet without one', () => {
    expect(toggled({}, 'city', 'Madrid').facets).toEqual({ city: ['Madrid'] });
    expect(toggled(FILTER, 'city', 'Madrid').facets).toEqual({ genre: ['thrash metal'], city: ['Valencia'] });
    expect(toggled(FILTER, 'genre', 'thrash metal').facets).toEqual({ city: ['Valencia', 'Madrid'] });
    expect(FILTER.facets.city).toEqual(['Valencia', 'Madrid']);
  });
  it('knows what is ticked', () => {
    expect([has(FILTER, 'city', 'Madrid'), has(FILTER, 'city', 'Bilbao'), has({}, 'city', 'Madrid')]).toEqual([true, false, false]);
  });
  it('has parts, each of which can be taken away by itself', () => {
    const parts = partsOf(FILTER);
    expect(parts.map((part) => part.kind)).toEqual(['facet', 'facet', 'facet', 'without', 'days', 'price', 'text']);
    for (const part of parts) expect(partsOf(removed(FILTER, part))).toEqual(parts.filter((other) => other !== part));
    expect(parts.reduce(removed, FILTER as object)).toEqual({ facets: {}, without: {}, from: '', until: '', period: '', price_min: null, price_max: null, text: '' });
  });
  it('has no parts for what is not asked', () => {
    expect(partsOf({ facets: {}, from: '', until: '', price_min: null, price_max: null, text: '' })).toEqual([]);
    expect(partsOf({ price_min: 0 })).toEqual([{ kind: 'price', min: 0, max: null }]);
  });
});
