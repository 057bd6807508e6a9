import { Component, input, output } from '@angular/core';
import type { FraguaError } from '@fragua/angular';
import { Page } from './page';

/** What went wrong, what to do, and a way to try again. */
@Component({
  selector: 'shop-problem',
  host: { class: 'problem', role: 'alert' },
  template: `
    <p><strong>{{ error().whatHappened(languages.current()) }}</strong> {{ error().whatToDo(languages.current()) }}</p>
    <button type="button" class="button" (click)="again.emit()">{{ text('again') }}</button>
  `,
})
export class Problem extends Page {
  readonly error = input.required<FraguaError>();
  readonly again = output<void>();
}
