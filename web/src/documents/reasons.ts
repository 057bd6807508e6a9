// Why a document could not be read, in the reader's language.
import { t, type Key } from '../i18n/i18n.svelte';
import type { Document } from './types';

const REASONS: Record<string, Key> = {
  password_needed: 'documents.why_password_needed',
  wrong_password: 'documents.why_wrong_password',
  damaged: 'documents.why_damaged',
  empty: 'documents.why_empty',
  too_large: 'documents.why_too_large',
  unsupported: 'documents.why_unsupported',
  tool_missing: 'documents.why_tool_missing',
  too_slow: 'documents.why_too_slow',
  not_found: 'documents.why_model_missing',
  unavailable: 'documents.why_unavailable',
};

export const needsPassword = (document: Pick<Document, 'error_code'>) => document.error_code === 'password_needed' || document.error_code === 'wrong_password';

/** What the server says itself is the last resort: it knows no language. */
export function reason(document: Pick<Document, 'error_code' | 'error'>): string {
  const known = REASONS[document.error_code];
  return known ? t(known) : document.error || t('documents.why_unknown');
}
