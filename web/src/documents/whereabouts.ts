// Where a source stands, in words: file and page.
import { t } from '../i18n/i18n.svelte';
import type { Place } from './types';

export function pageWords(place: Pick<Place, 'page' | 'page_end'>): string {
  if (place.page <= 0) return '';
  return place.page_end > place.page ? t('documents.pages_range', { from: place.page, to: place.page_end }) : t('documents.page', { page: place.page });
}

export function whereabouts(place: Pick<Place, 'document' | 'page' | 'page_end'> & { number?: number }): string {
  // A source stands on one page, wherever its passage ends.
  const page = place.number === undefined ? pageWords(place) : pageWords({ page: place.page, page_end: place.page });
  return [place.document, page].filter(Boolean).join(', ');
}
