import { describe, expect, it } from 'vitest';
import { markQuote, markWords } from './quote';

const hits = (pieces: { text: string; hit: boolean }[]) => pieces.filter((piece) => piece.hit).map((piece) => piece.text);
const whole = (pieces: { text: string }[]) => pieces.map((piece) => piece.text).join('');

describe('a quote', () => {
  it('is marked where it stands, and nothing of the text is lost', () => {
    const text = 'Antes. El plazo es de\n15 días naturales. Después.';
    const pieces = markQuote(text, 'el plazo es de 15 días  naturales.');
    expect(hits(pieces)).toEqual(['El plazo es de\n15 días naturales.']);
    expect(whole(pieces)).toBe(text);
  });
  it('that is not there marks nothing', () => {
    expect(markQuote('abc', 'xyz')).toEqual([{ text: 'abc', hit: false }]);
    expect(markQuote('abc', '')).toEqual([{ text: 'abc', hit: false }]);
  });
  it('keeps its place behind letters whose small form is longer', () => {
    expect(hits(markQuote('İİİ tres. Cuatro cinco.', 'cuatro CINCO'))).toEqual(['Cuatro cinco']);
  });
});

describe('the words of a question', () => {
  it('are found with other endings and accents', () => {
    const text = 'Las reservas de habitación se pagan en 15 días.';
    const pieces = markWords(text, '¿Cómo reservar una habitacion en 15?');
    expect(hits(pieces)).toEqual(['reservas', 'habitación', '15']);
    expect(whole(pieces)).toBe(text);
  });
  it('that are small are left alone', () => {
    expect(hits(markWords('de la que no es', '¿de la que?'))).toEqual([]);
  });
});
