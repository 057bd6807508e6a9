// Days, prices and parts of a filter as people of a language write them. Pure.
import type { Language } from '../../shared/language';
import type { Part } from './filter';
import { text } from './texts';

/** "YYYY-MM-DD HH:MM:SS" is the time on the clock of the place: it is shown as it stands, wherever the reader is. */
function clockTime(stamp: string): Date | undefined {
  const found = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d))?/.exec(stamp);
  if (!found) return undefined;
  const [, year, month, day, hour = '0', minute = '0'] = found;
  return new Date(Date.UTC(+year!, +month! - 1, +day!, +hour, +minute));
}

export function day(stamp: string, language: Language): string {
  const time = clockTime(stamp);
  return time ? new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(time) : stamp;
}

export function moment(stamp: string, language: Language): string {
  const time = clockTime(stamp);
  if (!time) return stamp;
  const date = new Intl.DateTimeFormat(language, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(time);
  if (!/[ T]\d\d:\d\d/.test(stamp)) return date;
  return `${date} · ${new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'UTC' }).format(time)}`;
}

export function money(amount: number, currency: string, language: Language): string {
  const digits = Number.isInteger(amount) ? 0 : 2;
  const options: Intl.NumberFormatOptions = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  try {
    return new Intl.NumberFormat(language, currency ? { ...options, style: 'currency', currency } : options).format(amount);
  } catch {
    // A currency that is none.
    return `${new Intl.NumberFormat(language, options).format(amount)} ${currency}`;
  }
}

export function list(words: string[], language: Language): string {
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(words.map((word) => (language === 'es' ? `«${word}»` : `“${word}”`)));
}

/** Between, from or until, as far as there are ends. */
function range(kind: 'days' | 'price', ends: Record<string, string>, language: Language): string {
  const [low, high] = Object.values(ends);
  if (low && high) return text(language, `${kind}_between`, ends);
  return text(language, low ? `${kind}_from` : `${kind}_until`, ends);
}

export function part(of: Part, currency: string, language: Language): string {
  switch (of.kind) {
    case 'facet': return of.value;
    case 'without': return text(language, 'not', { value: of.value });
    case 'days':
      if (of.from === of.until) return day(of.from, language);
      return range('days', { from: of.from && day(of.from, language), until: of.until && day(of.until, language) }, language);
    case 'price': {
      const amount = (value: number | null) => (value === null ? '' : money(value, currency, language));
      return range('price', { min: amount(of.min), max: amount(of.max) }, language);
    }
    case 'text': return language === 'es' ? `«${of.text}»` : `“${of.text}”`;
  }
}
