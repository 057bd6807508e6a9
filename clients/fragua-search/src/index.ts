// What a page loads: defines the element, once.
import { FraguaSearch } from './fragua_search';

export { FraguaSearch };
export type { Description, Filter, Found, Item, Suggestions } from './catalogue';

if (!customElements.get('fragua-search')) customElements.define('fragua-search', FraguaSearch);

declare global {
  interface HTMLElementTagNameMap {
    'fragua-search': FraguaSearch;
  }
}
