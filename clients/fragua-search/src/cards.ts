// One found thing as a card: title, when, where and what, price. Which field is which comes from the catalogue's description.
import { make } from '../../shared/elements';
import type { Language } from '../../shared/language';
import type { Description, Field, Item, Value } from './catalogue';
import { moment, money } from './format';
import { text } from './texts';

/** Of the line that says where and what else, where the page does not say which. */
const DETAILS_MAX = 3;

export interface CardOptions {
  description: Description;
  language: Language;
  /** Where a card leads, with {key} in it; nothing: nowhere. */
  link: string;
  /** The fields of the line that says where and what else, in this order; nothing: facets. */
  show: string[];
}

/** Only addresses that a page may lead to; nothing for others. */
export function linkTo(template: string, key: string, base: string): string | undefined {
  if (!template) return undefined;
  try {
    const address = new URL(template.replaceAll('{key}', encodeURIComponent(key)), base);
    return address.protocol === 'http:' || address.protocol === 'https:' ? address.href : undefined;
  } catch {
    return undefined;
  }
}

function words(value: Value | undefined): string {
  if (value === null || value === undefined) return '';
  return Array.isArray(value) ? value.map(words).filter(Boolean).join(', ') : String(value);
}

function line(name: string, content: string): HTMLElement[] {
  if (!content) return [];
  const made = make('p', name);
  made.textContent = content;
  return [made];
}

function title(item: Item, name: string, options: CardOptions): HTMLElement {
  const heading = make('h3', 'card-title');
  const address = linkTo(options.link, item.key, document.baseURI);
  if (!address) {
    heading.textContent = name;
    return heading;
  }
  const link = make('a', 'card-link', { href: address, 'data-key': item.key });
  link.textContent = name;
  heading.append(link);
  return heading;
}

function price(value: Value | undefined, options: CardOptions): string {
  if (value === null || value === undefined || value === '') return '';
  const amount = Number(value);
  if (Number.isNaN(amount)) return words(value);
  if (amount === 0) return text(options.language, 'free');
  return text(options.language, 'price', { price: money(amount, options.description.currency, options.language) });
}

export function card(item: Item, options: CardOptions): HTMLElement {
  const { fields } = options.description;
  const of = (kind: Field['kind']) => fields.filter((field) => field.kind === kind).map((field) => words(item.fields[field.name]));
  const made = make('li', 'card');
  const [tag = '', ...others] = of('facet');
  const named = options.show.length > 0 ? options.show.map((name) => words(item.fields[name])) : others.slice(0, DETAILS_MAX);
  const day = fields.find((field) => field.kind === 'date');
  const cost = fields.find((field) => field.kind === 'price');
  made.append(
    ...line('card-tag', tag),
    title(item, of('title')[0] || item.key, options),
    ...line('card-date', day ? moment(words(item.fields[day.name]), options.language) : ''),
    ...line('card-details', named.filter(Boolean).join(' · ')),
    ...line('card-text', of('text')[0] ?? ''),
    ...line('card-price', cost ? price(item.fields[cost.name], options) : ''),
  );
  return made;
}
