// Everything that a site may use.
export { AiService } from './lib/ai.service';
export { FraguaChat } from './lib/chat.component';
export { FRAGUA, provideFragua, type FraguaConfig } from './lib/config';
export { FraguaError, type FraguaErrorKind } from './lib/errors';
export { FraguaSearch } from './lib/search.component';
export type {
  ChatAnswer, ChatMessage, Description, Filter, Found, Item, Page, SearchParams, SelectedItem, ShownSearch, Source, Suggestions,
} from './lib/types';
