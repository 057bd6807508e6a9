// The server's settings: where each comes from, and which of them someone chose.
import type { Key } from '../i18n/i18n.svelte';

export interface Setting {
  key: string;
  value: unknown;
  origin: string;
  about: string;
  fallback: unknown;
}

export const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value)) ?? '';
export const isChanged = (setting: Setting): boolean => setting.origin !== 'default';

const ORIGINS: Record<string, Key> = { default: 'server.origin_default', file: 'server.origin_file', flag: 'server.origin_flag' };

/** An environment variable is called by its own name. */
export function originKey(origin: string): Key | undefined {
  return ORIGINS[origin];
}

export function filtered(all: readonly Setting[], words: string, changedOnly: boolean): Setting[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return all.filter((setting) => {
    const found = `${setting.key} ${text(setting.value)} ${setting.origin} ${setting.about}`.toLowerCase();
    return (!changedOnly || isChanged(setting)) && wanted.every((word) => found.includes(word));
  });
}
