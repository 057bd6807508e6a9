// Documents by their addresses: what a person wrote, and what became of each.
import { request } from '../api/request';
import { collectionPath } from './paths';
import type { Document } from './types';

export const URLS_MAX = 20;

export interface Fetched {
  url: string;
  /** Why it could not be fetched; empty when it was. */
  error: string;
  known: boolean;
}

/** One address a line, each once; `https://` where it was left out. */
export function readUrls(text: string): string[] {
  const lines = text.split(/\s+/).filter(Boolean);
  return [...new Set(lines.map((line) => (/^https?:\/\//i.test(line) ? line : `https://${line}`)))];
}

type Answered = { url: string; error: { message: string } } | (Document & { url: string; duplicate: boolean });

export async function fetchDocuments(collection: string, urls: readonly string[]): Promise<Fetched[]> {
  const { documents } = await request<{ documents: Answered[] }>(`${collectionPath(collection)}/urls`, { json: { urls } });
  return documents.map((one) => (typeof one.error === 'object' ? { url: one.url, error: one.error.message, known: false } : { url: one.url, error: '', known: 'duplicate' in one && one.duplicate }));
}
