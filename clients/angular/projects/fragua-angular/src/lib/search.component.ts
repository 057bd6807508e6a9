// <fragua-search> in Angular's templates. Its host is the web component itself, which comes when the page is shown in a browser: nothing of it is
// in the first download, and nothing of it runs on a server.
import { afterNextRender, Component, computed, ElementRef, inject, input, output } from '@angular/core';
import type { FraguaSearch as SearchElement } from 'fragua-search';
import { detailOf, errorOf } from './component_events';
import { FRAGUA } from './config';
import { FraguaError } from './errors';
import type { SelectedItem, ShownSearch } from './types';

@Component({
  selector: 'fragua-search',
  template: '',
  host: {
    '[attr.endpoint]': 'endpoint',
    '[attr.catalogue]': 'catalogue()',
    '[attr.link]': 'link() || null',
    '[attr.show]': 'show() || null',
    '[attr.limit]': 'limit() || null',
    '[attr.query]': 'query() || null',
    '[attr.placeholder]': 'placeholder() || null',
    '[attr.lang]': 'lang() || null',
    '[attr.theme]': 'theme()',
    '[attr.labels]': 'labelsWritten()',
    '(fragua-search)': 'searched.emit(shownIn($event))',
    '(fragua-select)': 'selected.emit(selectedIn($event))',
    '(fragua-error)': 'failed.emit(errorIn($event))',
  },
})
export class FraguaSearch {
  private readonly config = inject(FRAGUA);
  private readonly element = inject<ElementRef<SearchElement>>(ElementRef).nativeElement;

  readonly catalogue = input(this.config.catalogue);
  /** Where a card leads, with {key} in it. */
  readonly link = input('');
  /** Names of fields, with spaces between: what a card's line of details shows. */
  readonly show = input('');
  readonly limit = input(0);
  /** A question that is asked at once. */
  readonly query = input('');
  readonly placeholder = input('');
  readonly lang = input<'es' | 'en' | ''>('');
  readonly theme = input<'light' | 'dark' | 'auto'>('auto');
  /** Facets in the site's own words, by field. */
  readonly labels = input<Record<string, string>>({});
  /** An answer is shown. */
  readonly searched = output<ShownSearch>();
  /** A card was chosen. A site that shows the thing by its router calls preventDefault() on it. */
  readonly selected = output<CustomEvent<SelectedItem>>();
  readonly failed = output<FraguaError>();

  protected readonly labelsWritten = computed(() => JSON.stringify(this.labels()));
  protected readonly endpoint = this.config.endpoint;
  protected readonly shownIn = detailOf<ShownSearch>;
  protected readonly selectedIn = (event: Event) => event as CustomEvent<SelectedItem>;
  protected readonly errorIn = errorOf;

  constructor() {
    afterNextRender(() => {
      import('fragua-search').catch((error: unknown) => this.failed.emit(FraguaError.ofStatus(0, String(error))));
    });
  }

  /** Asks as the visitor would; resolves when the answer is shown. */
  async search(question: string): Promise<void> {
    await customElements.whenDefined('fragua-search');
    await this.element.search(question);
  }
}
