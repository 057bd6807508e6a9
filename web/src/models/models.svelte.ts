// What can answer: the models that are here, and those that are in memory now.
import { request } from '../api/request';
import type { LoadedModel, Model } from '../api/types';
import { preferences } from '../session/preferences.svelte';

let list = $state.raw<Model[]>([]);
let loaded = $state.raw<LoadedModel[]>([]);
let ready = $state(false);
let failure = $state.raw<unknown>();

export function can(model: Model | undefined, capability: string): boolean {
  return model?.capabilities?.includes(capability) ?? false;
}

/** Ollama leaves ":latest" out when people write it; it is noise for them too. */
export function shortName(name: string): string {
  return name.replace(/:latest$/, '');
}

export const models = {
  get all(): Model[] {
    return list;
  },
  /** Embedding models answer no questions. */
  get forChat(): Model[] {
    return list.filter((model) => !model.capabilities || model.capabilities.includes('completion'));
  },
  get ready(): boolean {
    return ready;
  },
  get failure(): unknown {
    return failure;
  },
  find(name: string): Model | undefined {
    return list.find((model) => model.name === name) ?? list.find((model) => shortName(model.name) === shortName(name));
  },
  running(name: string): LoadedModel | undefined {
    return loaded.find((model) => shortName(model.name) === shortName(name));
  },
  /** For a new chat: what the person chose, what is in memory already, or the first. */
  get preferred(): string {
    const chosen = this.forChat.find((model) => model.name === preferences.all.default_model);
    const warm = this.forChat.find((model) => this.running(model.name));
    return (chosen ?? warm ?? this.forChat[0])?.name ?? '';
  },
  async load(): Promise<void> {
    try {
      const [tags, ps] = await Promise.all([request<{ models: Model[] }>('/api/tags'), request<{ models: LoadedModel[] }>('/api/ps')]);
      list = tags.models;
      loaded = ps.models;
      failure = undefined;
      ready = true;
    } catch (error) {
      failure = error;
    }
  },
};
