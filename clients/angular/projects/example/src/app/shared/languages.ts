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
    this.keeping((storage) => storage.setItem(KEPT_AS, language));
  }

  text(key: Text, values: Record<string, string | number> = {}): string {
    return TEXTS[this.current()][key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
  }

  private wanted(): Language {
    const kept = this.keeping((storage) => storage.getItem(KEPT_AS));
    return [kept, this.document.defaultView?.navigator.language.slice(0, 2)].find(isLanguage) ?? 'es';
  }

  /** A browser that keeps nothing throws: then nothing is remembered. */
  private keeping<T>(use: (storage: Storage) => T): T | undefined {
    try {
      return use(this.document.defaultView!.localStorage);
    } catch {
      return undefined;
    }
  }
}
