// The catalogue's things as the shop shows them. Which field is which comes from the catalogue's description, not from names known here.
import { inject, Injectable } from '@angular/core';
import { AiService, type Description, type Filter, type Item, type Page } from '@fragua/angular';
import { combineLatest, map, type Observable, shareReplay } from 'rxjs';

/** What the page of a concert lists, in this order. */
const DETAILS = ['genre', 'venue', 'address', 'city', 'country', 'doors_open', 'age', 'available'];

type Kind = Description['fields'][number]['kind'];

export interface Zone {
  name: string;
  price: number;
  available: number;
}

export interface Concert {
  key: string;
  title: string;
  genre: string;
  city: string;
  /** "YYYY-MM-DD HH:MM:SS" on the clock of the place. */
  starts: string;
  price: number | null;
  text: string;
  details: { label: string; value: string }[];
  zones: Zone[];
}

export interface Concerts {
  items: Concert[];
  total: number;
  facets: { field: string; label: string; values: { value: string; count: number }[] }[];
}

@Injectable({ providedIn: 'root' })
export class ConcertService {
  private readonly ai = inject(AiService);
  /** Asked once; after a failure it is asked again. */
  readonly description = this.ai.describe().pipe(shareReplay(1));

  find(filter: Filter, page: Page): Observable<Concerts> {
    return combineLatest([this.ai.search('', filter, page), this.description]).pipe(
      map(([{ items, total, facets }, description]) => ({ items: items.map((item) => concert(item, description)), total, facets })),
    );
  }

  one(key: string): Observable<Concert> {
    return combineLatest([this.ai.item(key), this.description]).pipe(map(([item, description]) => concert(item, description)));
  }
}

function concert(item: Item, description: Description): Concert {
  const fields = description.fields;
  const value = (name: string | undefined) => (name === undefined ? '' : String(item.fields[name] ?? ''));
  const named = (kind: Kind, index = 0) => value(fields.filter((field) => field.kind === kind)[index]?.name);
  const price = named('price');
  return {
    key: item.key,
    title: named('title') || item.key,
    genre: named('facet'),
    city: named('facet', 1),
    starts: named('date'),
    price: price === '' ? null : Number(price),
    text: named('text'),
    details: DETAILS.flatMap((name) => fields.filter((field) => field.name === name))
      .map(({ name, label }) => ({ label, value: value(name) }))
      .filter((detail) => detail.value !== ''),
    zones: zonesOf(item.fields['zones']),
  };
}

function zonesOf(value: Item['fields'][string] | undefined): Zone[] {
  if (!Array.isArray(value)) return [];
  return (value as unknown as Zone[]).map(({ name, price, available }) => ({ name, price: Number(price), available: Number(available) }));
}

/** The same colour for the same genre. */
export function hueOf(genre: string): number {
  let sum = 0;
  for (const letter of genre) sum = (sum * 31 + letter.codePointAt(0)!) % 9973;
  // By the golden angle: neighbours fall far apart.
  return Math.round((sum * 137.5) % 360);
}
