// Days and prices as people of a language write them.
import type { Language } from './texts';

const DATE: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' };

/** The time on the clock of the place is shown as it stands, wherever the reader is. */
export function when(stamp: string, language: Language): string {
  const time = new Date(`${stamp.replace(' ', 'T').slice(0, 16)}Z`);
  if (Number.isNaN(time.getTime())) return stamp;
  const date = new Intl.DateTimeFormat(language, { ...DATE, timeZone: 'UTC' }).format(time);
  return `${date} · ${new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'UTC' }).format(time)}`;
}

export function euros(amount: number, language: Language): string {
  const digits = Number.isInteger(amount) ? 0 : 2;
  return new Intl.NumberFormat(language, { style: 'currency', currency: 'EUR', minimumFractionDigits: digits, maximumFractionDigits: digits }).format(amount);
}

/** The first and the last day of the month that is so many away, as YYYY-MM-DD. */
export function monthFrom(today: Date, away: number): { from: string; until: string } {
  const day = (month: number, date: number) => new Date(Date.UTC(today.getFullYear(), today.getMonth() + month, date)).toISOString().slice(0, 10);
  return { from: day(away, 1), until: day(away + 1, 0) };
}
