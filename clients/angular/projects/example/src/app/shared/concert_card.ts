import { Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { type Concert, hueOf } from './concerts';
import { euros, when } from './format';
import { Page } from './page';

@Component({
  selector: 'shop-concert-card',
  imports: [RouterLink],
  host: { class: 'concert' },
  template: `
    <div class="poster" [style.--hue]="hue()" aria-hidden="true"><span>{{ concert().genre }}</span></div>
    <div class="concert-words">
      <h3><a [routerLink]="['/concierto', concert().key]">{{ concert().title }}</a></h3>
      <p>{{ starts() }}</p>
      <p class="soft">{{ concert().city }} <span class="away">· {{ concert().genre }}</span></p>
      @if (price()) { <p class="price">{{ price() }}</p> }
    </div>
  `,
})
export class ConcertCard extends Page {
  readonly concert = input.required<Concert>();
  protected readonly hue = computed(() => hueOf(this.concert().genre));
  protected readonly starts = computed(() => when(this.concert().starts, this.languages.current()));
  protected readonly price = computed(() => {
    const { price } = this.concert();
    if (price === null) return '';
    return price === 0 ? this.text('free') : this.text('price', { price: euros(price, this.languages.current()) });
  });
}
