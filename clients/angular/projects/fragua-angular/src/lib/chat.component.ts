// <fragua-chat> in Angular's templates. Its host is the web component itself, which comes when the page is shown in a browser: nothing of it is
// in the first download, and nothing of it runs on a server.
import { afterNextRender, Component, ElementRef, inject, input, model, output } from '@angular/core';
import type { FraguaChat as ChatElement } from 'fragua-chat';
import { detailOf, errorOf } from './component_events';
import { FRAGUA } from './config';
import { FraguaError } from './errors';
import type { ChatMessage } from './types';

@Component({
  selector: 'fragua-chat',
  template: '',
  host: {
    '[attr.endpoint]': 'endpoint',
    '[attr.model]': 'assistant()',
    '[attr.title]': 'title() || null',
    '[attr.lang]': 'lang() || null',
    '[attr.theme]': 'theme()',
    '[attr.open]': "open() ? '' : null",
    '(fragua-open)': 'open.set(openIn($event))',
    '(fragua-message)': 'message.emit(messageIn($event))',
    '(fragua-error)': 'failed.emit(errorIn($event))',
  },
})
export class FraguaChat {
  private readonly config = inject(FRAGUA);
  private readonly element = inject<ElementRef<ChatElement>>(ElementRef).nativeElement;

  /** The name in the header and on the button. */
  readonly title = input('');
  readonly lang = input<'es' | 'en' | ''>('');
  readonly theme = input<'light' | 'dark' | 'auto'>('auto');
  readonly assistant = input(this.config.assistant ?? null);
  readonly open = model(false);
  readonly message = output<ChatMessage>();
  readonly failed = output<FraguaError>();

  protected readonly endpoint = this.config.endpoint;
  protected readonly openIn = (event: Event) => detailOf<{ open: boolean }>(event).open;
  protected readonly messageIn = detailOf<ChatMessage>;
  protected readonly errorIn = errorOf;

  constructor() {
    afterNextRender(() => {
      import('fragua-chat').catch((error: unknown) => this.failed.emit(FraguaError.ofStatus(0, String(error))));
    });
  }

  /** Opens the panel and asks; resolves when the answer has ended. */
  async ask(question: string): Promise<void> {
    await customElements.whenDefined('fragua-chat');
    this.element.show();
    await this.element.send(question);
  }
}
