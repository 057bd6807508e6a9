// Production: the site's web server passes /api/fragua on to Fragua and adds the key (clients/angular/nginx). The browser never has one.
import type { FraguaConfig } from '@fragua/angular';

export const environment: { production: boolean; fragua: FraguaConfig } = {
  production: true,
  fragua: { endpoint: '/api/fragua', catalogue: 'tickets', assistant: 'metalhead-assistant-v2' },
};
