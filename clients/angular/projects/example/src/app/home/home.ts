import { Component, computed, inject, input, type OnInit, signal, viewChild } from '@angular/core';
import { toObservable } from '@angular/core/rxjs-interop';
import { type Params, Router, RouterLink } from '@angular/router';
import { FraguaSearch, type SelectedItem, type ShownSearch } from '@fragua/angular';
import { map } from 'rxjs';
import { ConcertService } from '../shared/concerts';
import { Page, titled } from '../shared/page';
import { Problem } from '../shared/problem';
import { stateOf } from '../shared/state';
import { labelIn, QUESTIONS } from '../shared/texts';

const VALUES_SHOWN = 12;
const WAYS_IN = ['genre', 'city'];

/** The smart search, and below it ways into the catalogue without a question. */
@Component({
  imports: [FraguaSearch, Problem, RouterLink],
  template: `
    <section class="hero">
      <h1>{{ text('hero') }}</h1>
      <p>{{ text('hero_text') }}</p>
      <fragua-search
        theme="dark" link="/concierto/{key}" show="venue city" [query]="firstQuestion()" [lang]="languages.current()" [labels]="labels()" [placeholder]="text('placeholder')"
        (searched)="keep($event)" (selected)="open($event)" (failed)="answered.set(true)" />
      @if (!answered()) {
        <p class="questions">
          <span>{{ text('try') }}:</span>
          @for (question of questions(); track question) { <button type="button" (click)="ask(question)">{{ question }}</button> }
        </p>
      }
    </section>
    @if (!answered()) {
      @if (state().error; as error) { <shop-problem [error]="error" (again)="again()" /> }
      @for (facet of facets(); track facet.field) {
        <section class="explore">
          <h2>{{ text('explore', { label: label(facet.label) }) }}</h2>
          <ul class="tiles">
            @for (each of facet.values; track each.value) {
              <li><a routerLink="/conciertos" [queryParams]="only(facet.field, each.value)">{{ each.value }} <span>{{ each.count }}</span></a></li>
            }
          </ul>
        </section>
      }
    }
  `,
})
export class Home extends Page implements OnInit {
  private readonly concerts = inject(ConcertService);
  private readonly router = inject(Router);
  private readonly search = viewChild.required(FraguaSearch);

  /** The question in the address: who comes back from a concert finds the results again. */
  readonly q = input<string>();
  protected readonly firstQuestion = signal('');
  protected readonly answered = signal(false);
  private readonly attempt = signal(0);
  protected readonly state = stateOf(toObservable(this.attempt).pipe(map(() => this.concerts.find({}, { limit: 1 }))));
  protected readonly facets = computed(() => (this.state().value?.facets ?? []).filter(({ field }) => WAYS_IN.includes(field)).map((facet) => ({ ...facet, values: facet.values.slice(0, VALUES_SHOWN) })));
  protected readonly labels = computed(() => Object.fromEntries((this.state().value?.facets ?? []).map(({ field, label }) => [field, this.label(label)])));
  protected readonly questions = computed(() => QUESTIONS[this.languages.current()]);

  constructor() {
    super();
    titled(() => '');
  }

  ngOnInit(): void {
    this.firstQuestion.set(this.q() ?? '');
  }

  protected label(label: string): string {
    return labelIn(this.languages.current(), label);
  }

  protected only(field: string, value: string): Params {
    return { [field]: value };
  }

  protected again(): void {
    this.attempt.update((attempt) => attempt + 1);
  }

  protected ask(question: string): void {
    void this.search().search(question);
  }

  protected keep({ query }: ShownSearch): void {
    this.answered.set(true);
    void this.router.navigate([], { queryParams: { q: query || null }, replaceUrl: true });
  }

  protected open(event: CustomEvent<SelectedItem>): void {
    event.preventDefault();
    void this.router.navigate(['/concierto', event.detail.key]);
  }
}
