// What a page loads: defines the element, once.
import { FraguaChat } from './fragua_chat';

export { FraguaChat };

if (!customElements.get('fragua-chat')) customElements.define('fragua-chat', FraguaChat);

declare global {
  interface HTMLElementTagNameMap {
    'fragua-chat': FraguaChat;
  }
}
