// The parameters in the order and with the limits in which people meet them.
import type { Key } from '../i18n/i18n.svelte';
import type { Parameters } from '../api/types';

export interface NumberParameter {
  name: 'temperature' | 'num_predict' | 'top_p' | 'top_k' | 'repeat_penalty' | 'seed' | 'num_ctx' | 'num_thread';
  label: Key;
  about: Key;
  /** What the server does when nothing is set; shown as a placeholder. */
  usual: number | undefined;
  min: number;
  max: number;
  step: number;
  /** A slider for what people feel their way to; a field for what they know. */
  slider: boolean;
}

export const NUMBERS: NumberParameter[] = [
  { name: 'temperature', label: 'parameters.temperature', about: 'parameters.temperature_about', usual: 0.8, min: 0, max: 2, step: 0.05, slider: true },
  { name: 'num_predict', label: 'parameters.num_predict', about: 'parameters.num_predict_about', usual: undefined, min: 1, max: 131072, step: 1, slider: false },
  { name: 'top_p', label: 'parameters.top_p', about: 'parameters.top_p_about', usual: 0.9, min: 0, max: 1, step: 0.01, slider: true },
  { name: 'top_k', label: 'parameters.top_k', about: 'parameters.top_k_about', usual: 40, min: 1, max: 200, step: 1, slider: true },
  { name: 'repeat_penalty', label: 'parameters.repeat_penalty', about: 'parameters.repeat_penalty_about', usual: 1.1, min: 0.8, max: 2, step: 0.01, slider: true },
  { name: 'seed', label: 'parameters.seed', about: 'parameters.seed_about', usual: undefined, min: 0, max: 4294967295, step: 1, slider: false },
  { name: 'num_ctx', label: 'parameters.num_ctx', about: 'parameters.num_ctx_about', usual: undefined, min: 256, max: 1048576, step: 256, slider: false },
  { name: 'num_thread', label: 'parameters.num_thread', about: 'parameters.num_thread_about', usual: undefined, min: 1, max: 256, step: 1, slider: false },
];

export const KEEP_ALIVE = ['0', '5m', '30m', '2h', '24h', '-1m'];

/** Without the parameter when the value is empty: the server's own default holds again. */
export function withParameter<K extends keyof Parameters>(parameters: Parameters, name: K, value: Parameters[K] | undefined): Parameters {
  const next = { ...parameters };
  if (value === undefined) delete next[name];
  else next[name] = value;
  return next;
}

/** What a person typed, as a number within the limits; undefined for nothing or nonsense. */
export function readNumber(text: string, { min, max, step }: Pick<NumberParameter, 'min' | 'max' | 'step'>): number | undefined {
  const value = Number(text.trim().replace(',', '.'));
  if (text.trim() === '' || !Number.isFinite(value)) return undefined;
  const whole = Number.isInteger(step) ? Math.round(value) : value;
  return Math.min(max, Math.max(min, whole));
}
