import { Component, computed, inject, input, signal } from '@angular/core';
import { toObservable } from '@angular/core/rxjs-interop';
import { RouterLink } from '@angular/router';
import { combineLatest, filter, map, switchMap } from 'rxjs';
import { Assistant } from '../shared/assistant';
import { ConcertCard } from '../shared/concert_card';
import { type Concert, ConcertService, hueOf } from '../shared/concerts';
import { euros, when } from '../shared/format';
import { Page, titled } from '../shared/page';
import { Problem } from '../shared/problem';
import { stateOf } from '../shared/state';
import { labelIn } from '../shared/texts';

const SIMILAR = 3;

/** One concert, more of its kind, and a question to the assistant about it. */
@Component({
  imports: [ConcertCard, Problem, RouterLink],
  templateUrl: './event.html',
})
export class Event extends Page {
  private readonly concerts = inject(ConcertService);
  private readonly assistant = inject(Assistant);
  readonly key = input.required<string>();

  private readonly attempt = signal(0);
  protected readonly state = stateOf(combineLatest([toObservable(this.key), toObservable(this.attempt)]).pipe(map(([key]) => this.concerts.one(key))));
  protected readonly hue = computed(() => hueOf(this.state().value?.genre ?? ''));
  private readonly concert = toObservable(computed(() => this.state().value));
  private readonly alike = stateOf(this.concert.pipe(filter((concert) => concert !== undefined), map((concert) => this.concertsLike(concert))));
  /** An extra: where it fails, there is none. */
  protected readonly similar = computed(() => this.alike().value ?? []);

  constructor() {
    super();
    titled(() => this.state().value?.title ?? this.text('events'));
  }

  protected starts(concert: Concert): string {
    return when(concert.starts, this.languages.current());
  }

  /** A day and hour as people write them, everything else as it is. */
  protected shownAs(value: string): string {
    return /^\d{4}-\d\d-\d\d[ T]\d\d:/.test(value) ? when(value, this.languages.current()) : value;
  }

  protected price(price: number): string {
    return price === 0 ? this.text('free') : this.text('price', { price: this.amount(price) });
  }

  protected amount(price: number): string {
    return euros(price, this.languages.current());
  }

  protected label(label: string): string {
    return labelIn(this.languages.current(), label);
  }

  protected again(): void {
    this.attempt.update((attempt) => attempt + 1);
  }

  protected ask(concert: Concert): void {
    this.assistant.ask(this.text('ask_question', { title: concert.title }));
  }

  private concertsLike(concert: Concert) {
    return this.concerts.description.pipe(
      map(({ fields }) => fields.find(({ kind }) => kind === 'facet')?.name),
      switchMap((field) => this.concerts.find(field ? { facets: { [field]: [concert.genre] } } : {}, { limit: SIMILAR + 1 })),
      map(({ items }) => items.filter(({ key }) => key !== concert.key).slice(0, SIMILAR)),
    );
  }
}
