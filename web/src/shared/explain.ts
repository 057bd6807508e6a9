// Errors as a person can use them: what happened and what to do.
import { ApiError } from '../api/request';
import { t, tn } from '../i18n/i18n.svelte';

export function explain(error: unknown): string {
  if (!(error instanceof ApiError)) return error instanceof Error && error.message ? error.message : t('error.unknown');
  if (error.status === 0) return t('error.unreachable');
  if (error.status === 403) return error.message || t('error.forbidden');
  if (error.status === 404) return error.message || t('error.not_found');
  if (error.status === 413) return error.message || t('error.too_large');
  if (error.status === 429) return error.retryAfterS ? tn('error.too_many', error.retryAfterS) : t('error.too_many_later');
  if (error.status === 503) return error.message || t('error.busy');
  const text = error.message || t('error.status', { status: error.status });
  return error.status >= 500 && error.requestId ? `${text} ${t('error.request', { id: error.requestId })}` : text;
}
