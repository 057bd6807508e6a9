// The visitor's language: remembered, else the browser's, else Spanish.
import { DOCUMENT, effect, inject, Injectable, signal } from '@angular/core';
import { type Language, type Text, TEXTS } from './texts';

const KEPT_AS = 'language';

function isLanguage(tag: string | null | undefined): tag is Language {
  return tag === 'es' || tag === 'en';
}

@Injectable({ providedIn: 'root' })
export class Languages {
  private readonly document = inject(DOCUMENT);
  readonly current = signal<Language>(this.wanted());

  constructor() {
    effect(() => (this.document.documentElement.lang = this.current()));
  }

  choose(language: Language): void {
    this.current.set(language);
    this.document.defaultView?.localStorage.setItem(KEPT_AS, language);
  }

  text(key: Text, values: Record<string, string | number> = {}): string {
    return TEXTS[this.current()][key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
  }

  private wanted(): Language {
    const view = this.document.defaultView;
    return [view?.localStorage.getItem(KEPT_AS), view?.navigator.language.slice(0, 2)].find(isLanguage) ?? 'es';
  }
}
