// Keys that work everywhere. Single letters only outside fields; the rest with a modifier that browsers leave free.
import { go } from './router.svelte';
import { sidebar } from './sidebar.svelte';
import type { Key } from '../i18n/i18n.svelte';

interface Shortcut {
  keys: string[];
  label: Key;
  matches: (event: KeyboardEvent) => boolean;
  run: () => void;
}

let sheet = $state(false);

export const shortcutSheet = {
  get open(): boolean {
    return sheet;
  },
  set open(open: boolean) {
    sheet = open;
  },
};

const withShift = (key: string) => (event: KeyboardEvent) => (event.ctrlKey || event.metaKey) && event.shiftKey && event.key.toLowerCase() === key;

export function focusOn(id: string): void {
  document.getElementById(id)?.focus();
}

export const SHORTCUTS: Shortcut[] = [
  { keys: ['Ctrl', 'Shift', 'O'], label: 'shortcut.new', matches: withShift('o'), run: () => go('/') },
  { keys: ['Ctrl', 'K'], label: 'shortcut.search', matches: (e) => (e.ctrlKey || e.metaKey) && !e.shiftKey && e.key.toLowerCase() === 'k', run: search },
  { keys: ['Ctrl', 'Shift', 'S'], label: 'shortcut.sidebar', matches: withShift('s'), run: () => sidebar.toggle() },
  { keys: ['/'], label: 'shortcut.composer', matches: (e) => e.key === '/' && !isTyping(e) && plain(e), run: () => focusOn('composer') },
  { keys: ['?'], label: 'shortcut.help', matches: (e) => e.key === '?' && !isTyping(e) && plain(e), run: () => (sheet = !sheet) },
];

/** For the sheet only: fields handle these themselves. */
export const FIELD_KEYS: { keys: string[]; label: Key }[] = [
  { keys: ['Enter'], label: 'shortcut.send' },
  { keys: ['Shift', 'Enter'], label: 'shortcut.line' },
  { keys: ['Esc'], label: 'shortcut.stop' },
  { keys: ['Esc'], label: 'shortcut.close' },
];

function plain(event: KeyboardEvent): boolean {
  return !event.ctrlKey && !event.metaKey && !event.altKey;
}

function isTyping(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement | null;
  return Boolean(target?.closest?.('input, textarea, select, [contenteditable], [role="menu"]'));
}

function search(): void {
  if (!document.getElementById('search')) sidebar.toggle();
  setTimeout(() => focusOn('search'), 60);
}

export function listenForShortcuts(): () => void {
  const listen = (event: KeyboardEvent) => {
    const found = SHORTCUTS.find((shortcut) => shortcut.matches(event));
    if (!found) return;
    event.preventDefault();
    found.run();
  };
  addEventListener('keydown', listen);
  return () => removeEventListener('keydown', listen);
}
