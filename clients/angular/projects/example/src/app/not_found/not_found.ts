import { Component } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Page, titled } from '../shared/page';

@Component({
  imports: [RouterLink],
  template: `
    <section class="narrow">
      <h1>{{ text('missing') }}</h1>
      <p><a class="button" routerLink="/conciertos">{{ text('all_events') }}</a></p>
    </section>
  `,
})
export class NotFound extends Page {
  constructor() {
    super();
    titled(() => this.text('missing'));
  }
}
