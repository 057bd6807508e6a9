// Who is signed in. The cookie is the server's; this keeps only what it tells about us.
import { request, whenUnauthorized } from '../api/request';
import type { SessionInfo, User } from '../api/types';
import { forgetPreferences, loadPreferences } from './preferences.svelte';

let info = $state.raw<SessionInfo | undefined>();
let failure = $state.raw<unknown>();
let expired = $state(false);

async function take(next: SessionInfo): Promise<void> {
  if (next.user && next.user.role !== 'pending') await loadPreferences();
  info = next;
  failure = undefined;
  expired = false;
}

export const session = {
  get info(): SessionInfo | undefined {
    return info;
  },
  get user(): User | null {
    return info?.user ?? null;
  },
  get isAdmin(): boolean {
    return info?.user?.role === 'admin';
  },
  /** Why the server did not answer at the start. */
  get failure(): unknown {
    return failure;
  },
  /** True when a session ended while the app was open. */
  get expired(): boolean {
    return expired;
  },
  can(scope: string): boolean {
    return info?.user?.role === 'admin' || (info?.scopes ?? []).includes(scope);
  },
  async load(): Promise<void> {
    try {
      await take(await request<SessionInfo>('/api/v1/session'));
    } catch (error) {
      failure = error;
    }
  },
  async setUp(name: string, password: string, token: string): Promise<void> {
    await take(await request<SessionInfo>('/api/v1/setup', { json: token ? { name, password, token } : { name, password } }));
  },
  async signIn(name: string, password: string): Promise<void> {
    await take(await request<SessionInfo>('/api/v1/session', { json: { name, password } }));
  },
  async signUp(name: string, password: string): Promise<void> {
    await take(await request<SessionInfo>('/api/v1/sign-up', { json: { name, password } }));
  },
  async signOut(everywhere = false): Promise<void> {
    await request(everywhere ? '/api/v1/sessions' : '/api/v1/session', { method: 'DELETE' });
    forget();
  },
};

function forget(): void {
  forgetPreferences();
  if (info) info = { ...info, user: null, scopes: [] };
}

whenUnauthorized(() => {
  if (!info?.user) return;
  expired = true;
  forget();
});
