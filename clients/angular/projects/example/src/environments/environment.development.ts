// Development: `ng serve` passes /api/fragua on and adds the key of FRAGUA_SITE_KEY (proxy.conf.js). A first answer may wait for a model to load.
import type { FraguaConfig } from '@fragua/angular';

export const environment: { production: boolean; fragua: FraguaConfig } = {
  production: false,
  fragua: { endpoint: '/api/fragua', catalogue: 'tickets', assistant: 'metalhead-assistant-v2', timeoutMs: 180_000 },
};
