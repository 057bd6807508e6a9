// What a key may be allowed to do.
export const SCOPES = ['infer', 'embed', 'models:read', 'models:write', 'documents', 'catalogue', 'agents', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

const ADMIN_ONLY: readonly Scope[] = ['models:write', 'admin'];
export const USUAL: readonly Scope[] = ['infer', 'embed', 'models:read'];

/** A member may not give what a member may not do. */
export function scopesFor(isAdmin: boolean): Scope[] {
  return SCOPES.filter((scope) => isAdmin || !ADMIN_ONLY.includes(scope));
}

/** How to use a new key, ready to paste. */
export function curlExample(origin: string, key: string, model: string): string {
  const body = JSON.stringify({ model, messages: [{ role: 'user', content: 'Hello' }] });
  return `curl ${origin}/v1/chat/completions \\\n  -H "Authorization: Bearer ${key}" \\\n  -H "Content-Type: application/json" \\\n  -d '${body.replaceAll("'", "'\\''")}'`;
}
