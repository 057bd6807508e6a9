// What the audit log calls things, in words.
import type { Key } from '../i18n/i18n.svelte';

export interface AuditEvent {
  id: string | number;
  at: string;
  user: string;
  action: string;
  target: string;
  address: string;
  detail: string;
}

const KNOWN = [
  'backup.make', 'backup.restore', 'group.create', 'group.remove', 'key.create', 'key.remove',
  'model.copy', 'model.create', 'model.pull', 'model.push', 'model.remove', 'catalogue.import', 'password.change', 'session.end', 'session.end_all',
  'setup', 'sign_in', 'sign_in.failed', 'sign_up', 'user.change', 'user.create', 'user.remove',
] as const;

/** The message for an action, or undefined for one that is not known here. */
export function actionKey(action: string): Key | undefined {
  return (KNOWN as readonly string[]).includes(action) ? (`audit.do.${action}` as Key) : undefined;
}

/** The kinds of actions one can look for: the beginnings of their names. */
export const KINDS = ['sign_in', 'session.', 'user.', 'group.', 'key.', 'model.', 'catalogue.', 'backup.'] as const;

/** The next page may repeat what came already when events were added meanwhile. */
export function joined(before: readonly AuditEvent[], page: readonly AuditEvent[]): AuditEvent[] {
  const seen = new Set(before.map((event) => event.id));
  return [...before, ...page.filter((event) => !seen.has(event.id))];
}
