import { describe, expect, it } from 'vitest';
import { list, moment, money, part } from './format';

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('what people read', () => {
  it('shows the time on the clock of the place, wherever the reader is', () => {
    expect(moment('2025-11-08 21:30:00', 'es')).toBe('sáb, 8 nov 2025 · 21:30');
    expect(moment('2025-11-08T21:30:00', 'en')).toBe('Sat, Nov 8, 2025 · 21:30');
    expect(moment('2025-11-08', 'es')).toBe('sáb, 8 nov 2025');
    expect(moment('soon', 'es')).toBe('soon');
  });
  it('shows cents only where there are some', () => {
    expect([plain(money(16, 'EUR', 'es')), plain(money(16.5, 'EUR', 'es')), plain(money(16, 'EUR', 'en'))]).toEqual(['16 €', '16,50 €', '€16']);
    expect([money(16, '', 'es'), money(16, 'doubloons', 'en')]).toEqual(['16', '16 doubloons']);
  });
  it('joins words as the language does', () => {
    expect(list(['jazz', 'Tokio'], 'es')).toBe('«jazz» y «Tokio»');
    expect(list(['jazz', 'Tokio'], 'en')).toBe('“jazz” and “Tokio”');
  });
  it('names each part of a filter', () => {
    const named = (of: Parameters<typeof part>[0]) => plain(part(of, 'EUR', 'es'));
    expect(named({ kind: 'facet', field: 'city', value: 'Valencia' })).toBe('Valencia');
    expect(named({ kind: 'without', field: 'city', value: 'Valencia' })).toBe('sin Valencia');
    expect(named({ kind: 'days', from: '2025-11-01', until: '2025-11-30' })).toBe('del 1 nov 2025 al 30 nov 2025');
    expect(named({ kind: 'days', from: '2025-11-01', until: '2025-11-01' })).toBe('1 nov 2025');
    expect(named({ kind: 'days', from: '', until: '2025-11-30' })).toBe('hasta el 30 nov 2025');
    expect(named({ kind: 'days', from: '2025-11-01', until: '' })).toBe('desde el 1 nov 2025');
    expect(named({ kind: 'price', min: null, max: 30 })).toBe('hasta 30 €');
    expect(named({ kind: 'price', min: 0, max: 30 })).toBe('de 0 € a 30 €');
    expect(named({ kind: 'text', text: 'noche' })).toBe('«noche»');
  });
});
