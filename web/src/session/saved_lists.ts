// The lists that a person keeps: presets of settings and system prompts. What is deleted can be brought back.
import { t } from '../i18n/i18n.svelte';
import { toasts } from '../ui/toasts.svelte';
import { preferences, type Preset, type SystemPrompt } from './preferences.svelte';

interface Entries {
  presets: Preset;
  system_prompts: SystemPrompt;
}

function set<List extends keyof Entries>(list: List, change: (entries: Entries[List][]) => Entries[List][]): void {
  const entries = (preferences.all[list] ?? []) as Entries[List][];
  preferences.set({ [list]: change(entries) });
}

/** Undo puts it back into the list as it is then. */
export function forgetEntry<List extends keyof Entries>(list: List, entry: Entries[List]): void {
  set(list, (entries) => entries.filter(({ id }) => id !== entry.id));
  toasts.add(t('presets.deleted', { name: entry.name }), { action: { label: t('ui.undo'), run: () => set(list, (entries) => [...entries, entry]) } });
}
