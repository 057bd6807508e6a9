import { afterNextRender, Component, inject, viewChild } from '@angular/core';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { FraguaChat } from '@fragua/angular';
import { Assistant } from './shared/assistant';
import { Page } from './shared/page';
import type { Language } from './shared/texts';

/** The frame around every page, and the chat that floats above them. */
@Component({
  selector: 'shop-root',
  imports: [FraguaChat, RouterLink, RouterLinkActive, RouterOutlet],
  template: `
    <a class="skip" href="#content" (click)="skip($event, content)">{{ text('skip') }}</a>
    <header class="top">
      <a class="brand" routerLink="/">Distorsión</a>
      <nav>
        <a routerLink="/" routerLinkActive="here" ariaCurrentWhenActive="page" [routerLinkActiveOptions]="{ exact: true }">{{ text('home') }}</a>
        <a routerLink="/conciertos" routerLinkActive="here" ariaCurrentWhenActive="page">{{ text('events') }}</a>
      </nav>
      <div class="languages" role="group" [attr.aria-label]="text('language')">
        @for (each of offered; track each.code) {
          <button type="button" [attr.aria-pressed]="languages.current() === each.code" [attr.aria-label]="each.code.toUpperCase() + ': ' + each.name" [lang]="each.code" (click)="languages.choose(each.code)">
            {{ each.code.toUpperCase() }}
          </button>
        }
      </div>
    </header>
    <main #content id="content" tabindex="-1"><router-outlet /></main>
    <footer>{{ text('footer') }}</footer>
    <fragua-chat [title]="text('chat')" [lang]="languages.current()" theme="dark" />
  `,
})
export class App extends Page {
  private readonly chat = viewChild.required(FraguaChat);
  protected readonly offered: { code: Language; name: string }[] = [{ code: 'es', name: 'Español' }, { code: 'en', name: 'English' }];

  constructor() {
    super();
    const assistant = inject(Assistant);
    afterNextRender(() => assistant.is(this.chat()));
  }

  /** The address stays: of this page, not of the base. */
  protected skip(event: MouseEvent, content: HTMLElement): void {
    event.preventDefault();
    content.focus();
  }
}
