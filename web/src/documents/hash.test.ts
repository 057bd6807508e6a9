import { describe, expect, it } from 'vitest';
import { hashAt, matching, withoutWord } from './hash';

describe('#', () => {
  it('begins the name of a collection at the beginning of a word', () => {
    expect(hashAt('#', 1)).toEqual({ from: 0, to: 1, search: '' });
    expect(hashAt('Mira en #manu y di', 13)).toEqual({ from: 8, to: 13, search: 'manu' });
  });
  it('is nothing in other places', () => {
    expect(hashAt('C#', 2)).toBeUndefined();
    expect(hashAt('# Title', 7)).toBeUndefined();
    expect(hashAt('##', 2)).toBeUndefined();
    expect(hashAt('#a b', 4)).toBeUndefined();
  });
  it('goes when the collection is chosen', () => {
    const text = 'Mira en #manu y di';
    expect(withoutWord(text, hashAt(text, 13)!)).toBe('Mira en y di');
    expect(withoutWord('#manu', hashAt('#manu', 5)!)).toBe('');
  });
  it('finds names without accents, those that begin with it first', () => {
    const all = [{ name: 'Los teléfonos' }, { name: 'Télex' }, { name: 'Facturas' }];
    expect(matching(all, 'tele').map(({ name }) => name)).toEqual(['Télex', 'Los teléfonos']);
    expect(matching(all, '').length).toBe(3);
  });
});
