// What the menus of collections and documents do, with their words to the person.
import { ApiError } from '../api/request';
import { tell } from '../conversations/actions';
import { t, tn } from '../i18n/i18n.svelte';
import { go, route } from '../shared/router.svelte';
import { askText, confirm } from '../ui/ask.svelte';
import { toasts } from '../ui/toasts.svelte';
import { collections } from './collections.svelte';
import { collectionPage } from './paths';
import { needsPassword, reason } from './reasons';
import type { Collection, Document } from './types';

const NAME_MAX = 100;

/** Two of one name could not be told apart. */
const naming = (name: string, step: () => Promise<unknown>) =>
  tell(() =>
    step().catch((error: unknown) => {
      throw error instanceof ApiError && error.status === 409 ? new Error(t('collections.exists', { name })) : error;
    }),
  );

export async function createCollection(): Promise<void> {
  const name = await askText({ title: t('collections.create'), text: t('collections.create_about'), confirm: t('collections.create_submit'), field: { label: t('ui.name'), value: '', maxLength: NAME_MAX } });
  if (!name) return;
  await naming(name, async () => go(collectionPage((await collections.create(name)).id)));
}

export async function renameCollection(collection: Collection, then: (changed: Collection) => void = () => {}): Promise<void> {
  const name = await askText({ title: t('conversation.rename'), confirm: t('ui.save'), field: { label: t('ui.name'), value: collection.name, maxLength: NAME_MAX } });
  if (name && name !== collection.name) await naming(name, async () => then(await collections.change(collection.id, { name })));
}

export async function deleteCollection(collection: Collection): Promise<void> {
  const { name } = collection;
  const text = tn('collections.delete_about', collection.documents);
  if (!(await confirm({ title: t('collections.delete_title', { name }), text, confirm: t('ui.delete'), danger: true }))) return;
  if (!(await tell(() => collections.remove(collection.id)))) return;
  if (route.params.collection === collection.id) go('/documents', { replace: true });
  toasts.add(t('collections.deleted', { name }));
}

/** True when the person wants it and the step succeeded. */
export async function deleteDocument(document: Document, remove: () => Promise<void>): Promise<boolean> {
  const { name } = document;
  if (!(await confirm({ title: t('documents.delete_title', { name }), text: t('documents.delete_about'), confirm: t('ui.delete'), danger: true }))) return false;
  if (!(await tell(remove))) return false;
  toasts.add(t('documents.deleted', { name }));
  return true;
}

export async function retryDocument(document: Document, retry: (password: string) => Promise<void>): Promise<void> {
  let password: string | undefined = '';
  if (needsPassword(document))
    password = await askText({ title: t('documents.password_title', { name: document.name }), text: reason(document), confirm: t('documents.password_submit'), field: { label: t('auth.password'), value: '', maxLength: 256, isSecret: true } });
  if (password === undefined || (needsPassword(document) && password === '')) return;
  const given = password;
  await tell(() => retry(given));
}
