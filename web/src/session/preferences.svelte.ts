// What a person chose, kept by the server so that it is the same on every device.
import { request } from '../api/request';
import type { Mode, Parameters } from '../api/types';
import { preferredLanguage, setLanguage, type Language } from '../i18n/i18n.svelte';
import { setTheme, type Theme } from '../shared/theme.svelte';

export interface Preset {
  id: string;
  name: string;
  system: string;
  parameters: Parameters;
  mode: Mode;
}

export interface SystemPrompt {
  id: string;
  name: string;
  text: string;
}

export interface Preferences {
  language?: Language;
  theme?: Theme;
  default_model?: string;
  sidebar_closed?: boolean;
  presets?: Preset[];
  system_prompts?: SystemPrompt[];
}

const SAVE_AFTER_MS = 400;

let chosen = $state.raw<Preferences>({});
let timer: ReturnType<typeof setTimeout> | undefined;

async function show(): Promise<void> {
  setTheme(chosen.theme ?? 'system');
  await setLanguage(chosen.language ?? preferredLanguage());
}

export async function loadPreferences(): Promise<void> {
  chosen = (await request<Preferences>('/api/v1/preferences')) ?? {};
  await show();
}

export function forgetPreferences(): void {
  clearTimeout(timer);
  chosen = {};
}

async function save(): Promise<void> {
  await request('/api/v1/preferences', { method: 'PUT', json: chosen });
}

export const preferences = {
  get all(): Preferences {
    return chosen;
  },
  /** Shown at once; several changes in a row are one write. */
  set(change: Partial<Preferences>): void {
    chosen = { ...chosen, ...change };
    if (change.theme || change.language) void show();
    clearTimeout(timer);
    timer = setTimeout(() => void save().catch(() => {}), SAVE_AFTER_MS);
  },
};
