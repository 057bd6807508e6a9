// A long list whose first part was read again: what is new in front, what lies beyond stays.
import type { Document } from './types';

export interface Listed {
  documents: Document[];
  cursor: string;
}

export function merge(before: Listed, fresh: Listed): Listed {
  const last = fresh.documents.at(-1);
  if (!last || fresh.cursor === '') return fresh;
  const at = before.documents.findIndex((document) => document.id === last.id);
  const beyond = at < 0 ? [] : before.documents.slice(at + 1);
  return beyond.length === 0 ? fresh : { documents: [...fresh.documents, ...beyond], cursor: before.cursor };
}
