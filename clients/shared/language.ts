// Which of our two languages a page wants, and texts with values in them. Callers: the web components' texts.

export type Language = 'es' | 'en';
export type Values = Record<string, string | number>;

/** The first wanted language that we speak; a region is of no matter. */
export function languageOf(...wanted: (string | null | undefined)[]): Language {
  for (const tag of wanted) {
    const language = tag?.slice(0, 2).toLowerCase();
    if (language === 'es' || language === 'en') return language;
  }
  return 'en';
}

export function filled(text: string, values: Values = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}
