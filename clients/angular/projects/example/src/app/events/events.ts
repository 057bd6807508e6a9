import { Component, computed, inject, linkedSignal, signal } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, type Params, Router } from '@angular/router';
import { AiService, FraguaError } from '@fragua/angular';
import { combineLatest, map } from 'rxjs';
import { ConcertCard } from '../shared/concert_card';
import { type Concerts, ConcertService } from '../shared/concerts';
import { Page, titled } from '../shared/page';
import { Problem } from '../shared/problem';
import { type State, stateOf } from '../shared/state';
import { labelIn, type Text } from '../shared/texts';
import { type Conditions, conditionsOf, FACETS, filterOf, PAGE_SIZE, paramsOf, type Sort, SORTS } from './conditions';

const SORT_TEXTS: Record<Sort, Text> = { date: 'by_date', price: 'by_price', title: 'by_title' };

/** All concerts, by conditions that stand in the address. The visitor's own words fill the conditions in. */
@Component({
  imports: [ConcertCard, Problem],
  templateUrl: './events.html',
})
export class Events extends Page {
  private readonly ai = inject(AiService);
  private readonly concerts = inject(ConcertService);
  private readonly router = inject(Router);
  private readonly route = inject(ActivatedRoute);

  private readonly params = toSignal(this.route.queryParams, { requireSync: true });
  private readonly attempt = signal(0);
  protected readonly sorts = SORTS.map((value) => ({ value, text: SORT_TEXTS[value] }));
  protected readonly conditions = computed(() => conditionsOf(this.params()));
  protected readonly state = stateOf(combineLatest([toObservable(this.conditions), toObservable(this.attempt)]).pipe(map(([conditions]) => this.listOf(conditions))));
  /** While the next list is on its way the choices of the last one stay. */
  private readonly facets = linkedSignal<State<Concerts>, Concerts['facets']>({
    source: this.state,
    computation: ({ value }, before) => value?.facets ?? before?.value ?? [],
  });
  /** What is chosen can be seen, also where nothing has it. */
  protected readonly choices = computed(() => {
    const chosen = this.conditions().facets;
    return this.facets().filter(({ field }) => FACETS.includes(field)).map((facet) => ({ ...facet, values: withValue(facet.values, chosen[facet.field]) }));
  });
  protected readonly reading = signal(false);
  protected readonly notRead = signal<FraguaError | undefined>(undefined);

  constructor() {
    super();
    titled(() => this.text('events'));
  }

  protected pages(total: number): number {
    return Math.max(1, Math.ceil(total / PAGE_SIZE));
  }

  protected count(total: number): string {
    return total === 1 ? this.text('found_one') : this.text('found', { count: total });
  }

  protected label(label: string): string {
    return labelIn(this.languages.current(), label);
  }

  /** A new condition starts at the first page. */
  protected choose(params: Params): void {
    void this.router.navigate([], { queryParams: { page: null, ...params }, queryParamsHandling: 'merge' });
  }

  protected tick(field: string, value: string): void {
    this.choose({ [field]: value || null });
  }

  protected reset(): void {
    void this.router.navigate([], { queryParams: {} });
  }

  protected again(): void {
    this.attempt.update((attempt) => attempt + 1);
  }

  protected read(words: string): void {
    if (!words.trim()) return;
    this.reading.set(true);
    this.notRead.set(undefined);
    this.ai.extractSearchParams(words.trim()).subscribe({
      next: (found) => this.choose(paramsOf(found, new Date())),
      error: (error: unknown) => this.notRead.set(FraguaError.of(error)),
    }).add(() => this.reading.set(false));
  }

  private listOf(conditions: Conditions) {
    const { page, sort } = conditions;
    return this.concerts.find(filterOf(conditions), { limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE, sort });
  }
}

function withValue(values: Concerts['facets'][number]['values'], chosen: string | undefined): typeof values {
  return !chosen || values.some(({ value }) => value === chosen) ? values : [...values, { value: chosen, count: 0 }];
}
