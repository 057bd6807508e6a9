import { euros, when } from './format';

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('what visitors read', () => {
  it('is the time on the clock of the place', () => {
    expect(when('2025-11-08 21:30:00', 'es')).toBe('sáb, 8 nov 2025 · 21:30');
    expect(when('soon', 'es')).toBe('soon');
  });
  it('has cents only where there are some', () => {
    expect([plain(euros(16, 'es')), plain(euros(16.5, 'es')), euros(16, 'en')]).toEqual(['16 €', '16,50 €', '€16']);
  });
});
