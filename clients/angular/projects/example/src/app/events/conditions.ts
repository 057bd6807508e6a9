// What a visitor chose on the list of concerts, as it stands in the address, and as a filter of the catalogue.
import type { Params } from '@angular/router';
import type { Filter, SearchParams } from '@fragua/angular';
import { monthFrom } from '../shared/format';

export const SORTS = ['date', 'price', 'title'] as const;
export type Sort = (typeof SORTS)[number];
export const PAGE_SIZE = 12;

export interface Conditions {
  /** By the facet's field. */
  facets: Record<string, string>;
  from: string;
  until: string;
  priceMax: string;
  sort: Sort;
  page: number;
}

/** What the shop lets visitors choose; the catalogue may have more. */
export const FACETS = ['genre', 'city', 'country'];

export function conditionsOf(params: Params): Conditions {
  const text = (name: string) => String(params[name] ?? '');
  return {
    facets: Object.fromEntries(FACETS.filter(text).map((field) => [field, text(field)])),
    from: text('from'),
    until: text('until'),
    priceMax: text('price_max'),
    sort: SORTS.find((sort) => sort === params['sort']) ?? 'date',
    page: Math.max(1, Math.trunc(Number(params['page'])) || 1),
  };
}

export function filterOf({ facets, from, until, priceMax }: Conditions): Filter {
  return {
    facets: Object.fromEntries(Object.entries(facets).map(([field, value]) => [field, [value]])),
    from,
    until,
    ...(priceMax === '' ? {} : { price_max: Number(priceMax) }),
  };
}

/** What a question asks for, in the address's words. */
export function paramsOf({ genre, city, date, price_max: priceMax }: SearchParams, today: Date): Params {
  const days = date ? monthFrom(today, date === 'next_month' ? 1 : 0) : { from: null, until: null };
  return { genre, city, ...days, price_max: priceMax, page: null };
}
