// What the menu of a model does.
import { open, request } from '../api/request';
import type { Model } from '../api/types';
import { tell } from '../conversations/actions';
import { t } from '../i18n/i18n.svelte';
import { askText, confirm } from '../ui/ask.svelte';
import { toasts } from '../ui/toasts.svelte';
import { models, shortName } from './models.svelte';

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

async function generate(model: Model, body: object): Promise<void> {
  await tell(async () => {
    const answer = await open('/api/generate', { json: { model: model.name, stream: false, ...body } });
    await answer.text();
  });
  await models.load();
}

export async function loadModel(model: Model): Promise<void> {
  toasts.add(t('models.loading', { name: shortName(model.name) }));
  await generate(model, {});
}

export async function unloadModel(model: Model): Promise<void> {
  await generate(model, { keep_alive: 0 });
}
