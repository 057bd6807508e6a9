// What the menu of a model does.
import { open, request } from '../api/request';
import type { Model } from '../api/types';
import { tell } from '../conversations/actions';
import { t } from '../i18n/i18n.svelte';
import { askText, confirm } from '../ui/ask.svelte';
import { toasts } from '../ui/toasts.svelte';
import { can, models, shortName } from './models.svelte';

export async function deleteModel(model: Model): Promise<void> {
  const name = shortName(model.name);
  if (!(await confirm({ title: t('models.delete_title', { name }), text: t('models.delete_about'), confirm: t('ui.delete'), danger: true }))) return;
  await tell(() => request('/api/delete', { method: 'DELETE', json: { model: model.name } }));
  await models.load();
}

export async function copyModel(model: Model): Promise<void> {
  const destination = await askText({ title: t('models.copy_title', { name: shortName(model.name) }), confirm: t('ui.copy'), field: { label: t('models.new_name'), value: '' } });
  if (!destination) return;
  await tell(() => request('/api/copy', { json: { source: model.name, destination } }));
  await models.load();
}

async function touch(path: '/api/generate' | '/api/embed', json: object): Promise<void> {
  await tell(async () => {
    const answer = await open(path, { json });
    await answer.text();
  });
  await models.load();
}

export async function loadModel(model: Model): Promise<void> {
  toasts.add(t('models.loading', { name: shortName(model.name) }));
  // An embedding model generates nothing; embedding nothing loads it.
  if (can(model, 'completion') || !model.capabilities) await touch('/api/generate', { model: model.name, stream: false });
  else await touch('/api/embed', { model: model.name, input: [] });
}

export async function unloadModel(model: Model): Promise<void> {
  await touch('/api/generate', { model: model.name, stream: false, keep_alive: 0 });
}
