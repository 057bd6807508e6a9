// The collections that a person may read: for their page, and for whoever writes # in a chat.
import { request } from '../api/request';
import { whenLeaving } from '../shared/leaving';
import { COLLECTIONS, collectionPath } from './paths';
import type { Collection } from './types';

export interface CollectionChange {
  name?: string;
  embedding_model?: string;
  chunk_characters?: number;
  chunk_overlap?: number;
  prompt?: string;
}

let list = $state.raw<Collection[] | undefined>();
let failure = $state.raw<unknown>();

function put(collection: Collection): void {
  list = list?.some(({ id }) => id === collection.id) ? list.map((one) => (one.id === collection.id ? collection : one)) : [...(list ?? []), collection];
}

export const collections = {
  /** Undefined until they are known. */
  get all(): Collection[] | undefined {
    return list;
  },
  get failure(): unknown {
    return failure;
  },
  find(id: string): Collection | undefined {
    return list?.find((collection) => collection.id === id);
  },
  async load(): Promise<void> {
    try {
      list = (await request<{ collections: Collection[] }>(COLLECTIONS)).collections;
      failure = undefined;
    } catch (error) {
      failure = error;
    }
  },
  async read(id: string): Promise<Collection> {
    const collection = await request<Collection>(collectionPath(id));
    if (list) put(collection);
    return collection;
  },
  async create(name: string): Promise<Collection> {
    const made = await request<Collection>(COLLECTIONS, { json: { name } });
    if (list) put(made);
    return made;
  },
  async change(id: string, change: CollectionChange): Promise<Collection> {
    const changed = await request<Collection>(collectionPath(id), { method: 'PATCH', json: change });
    if (list) put(changed);
    return changed;
  },
  async remove(id: string): Promise<void> {
    await request(collectionPath(id), { method: 'DELETE' });
    list = list?.filter((collection) => collection.id !== id);
  },
};

whenLeaving(() => {
  list = undefined;
  failure = undefined;
});
