// What every page has: the shop's texts and a title of the tab in the visitor's language.
import { effect, inject } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { Languages } from './languages';

const SHOP = 'Distorsión';

/** Called while a component is made. */
export function titled(title: () => string): void {
  const tab = inject(Title);
  effect(() => tab.setTitle(title() ? `${title()} · ${SHOP}` : SHOP));
}

export abstract class Page {
  protected readonly languages = inject(Languages);
  protected readonly text: Languages['text'] = (key, values) => this.languages.text(key, values);
}
