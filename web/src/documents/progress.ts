// How far a document is, in numbers.
import type { Counts, Document } from './types';

export interface Reading {
  /** 0 to 1; undefined while nobody knows how many pages there are. */
  share: number | undefined;
  pagesPerSecond: number;
  secondsLeft: number | undefined;
}

export function reading(document: Pick<Document, 'pages' | 'pages_done' | 'pages_per_second'>): Reading {
  const { pages, pages_done: done, pages_per_second: rate } = document;
  if (pages <= 0) return { share: undefined, pagesPerSecond: rate, secondsLeft: undefined };
  const left = Math.max(0, pages - done);
  return { share: Math.min(1, done / pages), pagesPerSecond: rate, secondsLeft: rate > 0 && left > 0 ? left / rate : undefined };
}

export function isBusy(counts: Counts): boolean {
  return counts.received + counts.extracting > 0;
}
