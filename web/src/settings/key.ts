import type { Limits } from '../api/types';

export interface ApiKey {
  id: string;
  name: string;
  hint: string;
  scopes: string[];
  created_at: string;
  expires_at: string | null;
  last_used_at: string | null;
  limits: Limits;
  /** Only in the answer that creates it. */
  key?: string;
}
