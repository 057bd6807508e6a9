// What the menu of a conversation does, with its words to the person.
import { open } from '../api/request';
import type { Conversation } from '../api/types';
import { t } from '../i18n/i18n.svelte';
import { saveFile } from '../shared/clipboard';
import { explain } from '../shared/explain';
import { go, route } from '../shared/router.svelte';
import { askText } from '../ui/ask.svelte';
import { toasts } from '../ui/toasts.svelte';
import { conversations } from './conversations.svelte';

export async function tell(step: () => Promise<unknown>): Promise<boolean> {
  try {
    await step();
    return true;
  } catch (error) {
    toasts.add(explain(error), { kind: 'error' });
    return false;
  }
}

export async function rename(conversation: Conversation): Promise<void> {
  const title = await askText({ title: t('conversation.rename'), confirm: t('ui.save'), field: { label: t('conversation.title'), value: conversation.title, maxLength: 200 } });
  if (title) await tell(() => conversations.change(conversation.id, { title }));
}

export async function moveToFolder(conversation: Conversation): Promise<void> {
  const known = conversations.facets.folders.map((folder) => folder.name).filter(Boolean);
  const text = known.length > 0 ? t('conversation.folders_known', { names: known.join(', ') }) : '';
  const folder = await askText({ title: t('conversation.move'), text, confirm: t('ui.save'), field: { label: t('conversation.folder'), value: conversation.folder, maxLength: 60 } });
  if (folder !== undefined && folder !== conversation.folder) await tell(() => conversations.change(conversation.id, { folder }));
}

export async function toggle(conversation: Conversation, what: 'pinned' | 'archived'): Promise<void> {
  const done = await tell(() => conversations.change(conversation.id, { [what]: !conversation[what] }));
  if (!done || what === 'pinned') return;
  toasts.add(conversation.archived ? t('conversation.unarchived') : t('conversation.archived_done'), {
    action: { label: t('ui.undo'), run: () => void tell(() => conversations.change(conversation.id, { archived: conversation.archived })) },
  });
}

export async function remove(conversation: Conversation): Promise<void> {
  if (!(await tell(() => conversations.remove(conversation.id)))) return;
  if (route.params.id === conversation.id) go('/');
  toasts.add(t('conversation.deleted', { title: conversation.title || t('chat.untitled') }), {
    action: { label: t('ui.undo'), run: () => void tell(() => conversations.restore(conversation.id)) },
  });
}

/** A file name that every system takes. */
export function fileName(title: string): string {
  return title.replace(/[^\p{L}\p{N} _-]+/gu, ' ').trim().replace(/\s+/g, '-').slice(0, 60) || 'conversation';
}

export async function exportAs(conversation: Conversation, format: 'json' | 'markdown'): Promise<void> {
  await tell(async () => {
    const answer = await open(`/api/v1/conversations/${encodeURIComponent(conversation.id)}/export`, { query: { format } });
    saveFile(`${fileName(conversation.title)}.${format === 'json' ? 'json' : 'md'}`, await answer.blob());
  });
}

/** The page loads all messages first, then opens the print dialog, which also writes PDFs. */
export function printConversation(conversation: Conversation): void {
  go(`/c/${encodeURIComponent(conversation.id)}?print=1`);
}
