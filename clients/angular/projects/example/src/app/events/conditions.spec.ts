import { conditionsOf, filterOf, paramsOf } from './conditions';

describe('the conditions of the list', () => {
  it('are what stands in the address', () => {
    const conditions = conditionsOf({ genre: 'punk rock', city: 'Madrid', from: '2025-11-01', price_max: '30', sort: 'price', page: '2' });
    expect(conditions).toEqual({ facets: { genre: 'punk rock', city: 'Madrid' }, from: '2025-11-01', until: '', priceMax: '30', sort: 'price', page: 2 });
    expect(filterOf(conditions)).toEqual({
      facets: { genre: ['punk rock'], city: ['Madrid'] }, from: '2025-11-01', until: '', price_max: 30,
    });
  });
  it('ask for nothing where the address says nothing, or nonsense', () => {
    expect(filterOf(conditionsOf({}))).toEqual({ facets: {}, from: '', until: '' });
    expect(conditionsOf({ page: '-3', sort: 'colour', genre: '', utm_source: 'x' })).toMatchObject({ page: 1, sort: 'date', facets: {} });
  });
  it('are filled in from what a question asks for', () => {
    const today = new Date(2025, 10, 10);
    expect(paramsOf({ genre: 'punk rock', city: null, date: 'current_month', price_max: 30 }, today)).toEqual({
      genre: 'punk rock', city: null, from: '2025-11-01', until: '2025-11-30', price_max: 30, page: null,
    });
    expect(paramsOf({ genre: null, city: null, date: 'next_month', price_max: null }, today)).toMatchObject({ from: '2025-12-01', until: '2025-12-31' });
    expect(paramsOf({ genre: null, city: 'Vigo', date: null, price_max: null }, today)).toMatchObject({ city: 'Vigo', from: null, until: null });
  });
});
