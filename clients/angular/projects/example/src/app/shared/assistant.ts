// The floating chat, for pages that ask it something.
import { Injectable } from '@angular/core';
import type { FraguaChat } from '@fragua/angular';

@Injectable({ providedIn: 'root' })
export class Assistant {
  private chat: FraguaChat | undefined;

  is(chat: FraguaChat): void {
    this.chat = chat;
  }

  ask(question: string): void {
    void this.chat?.ask(question);
  }
}
