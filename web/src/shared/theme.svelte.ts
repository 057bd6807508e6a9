// Light, dark, or as the system says.

export type Theme = 'system' | 'light' | 'dark';

const dark = typeof matchMedia === 'undefined' ? undefined : matchMedia('(prefers-color-scheme: dark)');
let chosen: Theme = 'system';
let isDark = $state(dark?.matches ?? false);

function show(): void {
  isDark = chosen === 'dark' || (chosen === 'system' && (dark?.matches ?? false));
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
}

export function setTheme(theme: Theme): void {
  chosen = theme;
  show();
}

export function followSystemTheme(): void {
  dark?.addEventListener('change', show);
  show();
}

/** For what paints itself, such as plots. */
export function themeIsDark(): boolean {
  return isDark;
}
