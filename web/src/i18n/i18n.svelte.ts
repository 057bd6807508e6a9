// The texts of the app: one file a language, of which the browser loads the one it shows.
import type en from '../../messages/en.json';

export type Language = 'es' | 'en';
export type Key = keyof typeof en;
export type Values = Record<string, string | number>;

export const LANGUAGES: Language[] = ['es', 'en'];

const load: Record<Language, () => Promise<{ default: Record<Key, string> }>> = {
  es: () => import('../../messages/es.json'),
  en: () => import('../../messages/en.json'),
};

let shown = $state.raw<{ language: Language; messages: Partial<Record<Key, string>> }>({ language: 'en', messages: {} });

export function preferredLanguage(wanted: readonly string[] = navigator.languages): Language {
  for (const tag of wanted) {
    const language = tag.slice(0, 2).toLowerCase();
    if (language === 'es' || language === 'en') return language;
  }
  return 'en';
}

export async function setLanguage(language: Language): Promise<void> {
  const { default: messages } = await load[language]();
  shown = { language, messages };
  document.documentElement.lang = language;
}

export function language(): Language {
  return shown.language;
}

export function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}

export function t(key: Key, values?: Values): string {
  const text = shown.messages[key] ?? key;
  return values ? fill(text, values) : text;
}

type PluralKey = Key extends infer K ? (K extends `${infer Base}_one` ? Base : never) : never;

/** For counts: the message KEY_one or KEY_other, with {count}. */
export function tn(key: PluralKey, count: number, values: Values = {}): string {
  const form = new Intl.PluralRules(shown.language).select(count) === 'one' ? 'one' : 'other';
  return t(`${key}_${form}` as Key, { count: new Intl.NumberFormat(shown.language).format(count), ...values });
}
