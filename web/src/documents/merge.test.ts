import { describe, expect, it } from 'vitest';
import { merge } from './merge';
import type { Document } from './types';

const list = (ids: string, cursor = '') => ({ documents: [...ids].map((id) => ({ id }) as Document), cursor });
const names = ({ documents, cursor }: ReturnType<typeof list>) => `${documents.map(({ id }) => id).join('')}|${cursor}`;

describe('a list that is read again', () => {
  it('is the whole list when there is no more', () => {
    expect(names(merge(list('abc'), list('ac')))).toBe('ac|');
  });
  it('keeps what lies beyond the part that was read', () => {
    expect(names(merge(list('cdefgh', '9'), list('abcd', '4')))).toBe('abcdefgh|9');
  });
  it('goes on from its own end when nothing lies beyond', () => {
    expect(names(merge(list('cd', '2'), list('abcd', '4')))).toBe('abcd|4');
    expect(names(merge(list('xyz', '1'), list('abcd', '4')))).toBe('abcd|4');
  });
});
