// Where the server is and what of it the site uses.
import { type EnvironmentProviders, InjectionToken, makeEnvironmentProviders } from '@angular/core';

export interface FraguaConfig {
  /** Where the API starts. A path of the site's own origin, "/api/fragua", whose proxy adds the key: the browser never has one. */
  endpoint: string;
  /** The catalogue's name on the server. */
  catalogue: string;
  /** The model that chats: `<fragua-chat>` needs it. */
  assistant?: string;
  /** The model that turns a question into parameters; "search-nlp" unless it is said. */
  searchModel?: string;
  /** How long an answer, or the next piece of one, may take; 60 s unless it is said. */
  timeoutMs?: number;
}

export const FRAGUA = new InjectionToken<FraguaConfig>('where the Fragua server is: provideFragua({ endpoint, catalogue }) in the application\'s providers');

export function provideFragua(config: FraguaConfig): EnvironmentProviders {
  return makeEnvironmentProviders([{ provide: FRAGUA, useValue: config }]);
}
