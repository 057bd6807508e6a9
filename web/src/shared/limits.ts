import type { Limits } from '../api/types';

export const NO_LIMITS: Limits = { requests_per_minute: null, tokens_per_minute: null, tokens_per_day: null };
export const LIMITS = Object.keys(NO_LIMITS) as (keyof Limits)[];
