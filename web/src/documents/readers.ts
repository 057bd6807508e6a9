// Who may read a collection besides its owner.
import { request } from '../api/request';
import { collectionPath } from './paths';
import type { Reader, ReaderKind } from './types';

/** Somebody by name: members see no list of people, so they write it as it is. */
export type Named = { kind: Exclude<ReaderKind, 'everyone'>; name: string };

export const isEveryone = (readers: readonly Reader[]) => readers.some(({ kind }) => kind === 'everyone');

export const same = (a: Reader, b: Reader) => a.kind === b.kind && a.id === b.id;

export function sorted(readers: readonly Reader[]): Reader[] {
  return readers.filter(({ kind }) => kind !== 'everyone').sort((a, b) => a.kind.localeCompare(b.kind) || a.name.localeCompare(b.name));
}

const path = (collection: string) => `${collectionPath(collection)}/readers`;

export async function readReaders(collection: string): Promise<Reader[]> {
  return (await request<{ readers: Reader[] }>(path(collection))).readers;
}

export async function saveReaders(collection: string, readers: readonly Reader[], added?: Named): Promise<Reader[]> {
  const body = readers.map(({ kind, id }) => (kind === 'everyone' ? { kind } : { kind, id }));
  return (await request<{ readers: Reader[] }>(path(collection), { method: 'PUT', json: { readers: added ? [...body, added] : body } })).readers;
}

/** Everybody whom an administrator can choose. */
export async function everybody(): Promise<Reader[]> {
  const [{ users }, { groups }] = await Promise.all([request<{ users: { id: string; name: string; role: string }[] }>('/api/v1/users'), request<{ groups: { id: string; name: string }[] }>('/api/v1/groups')]);
  return [
    ...groups.map(({ id, name }): Reader => ({ kind: 'group', id, name })),
    ...users.filter(({ role }) => role !== 'pending').map(({ id, name }): Reader => ({ kind: 'user', id, name })),
  ];
}
