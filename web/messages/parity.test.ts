import { describe, expect, it } from 'vitest';
import en from './en.json';
import es from './es.json';

type Messages = Record<string, string>;
const [english, spanish]: [Messages, Messages] = [en, es];
const placeholders = (text = '') => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

// Words that both languages share, and texts that are only numbers and units.
const SAME = /^(API|Error|Modelfile|Total|Local|URL|Token|GPU|CPU|IP|JSON|curl|Panel|No|Normal|Audio|Chat|General|Admin|\{.*\}.*|\(.*\))$/i;

describe('messages', () => {
  it('are the same in both languages, key by key', () => {
    expect(Object.keys(spanish).sort()).toEqual(Object.keys(english).sort());
  });
  it('have the same placeholders', () => {
    for (const key of Object.keys(english)) expect(placeholders(spanish[key]), key).toEqual(placeholders(english[key]));
  });
  it('are all written, and translated', () => {
    for (const [key, text] of Object.entries(english)) {
      expect(text.trim(), key).not.toBe('');
      expect(spanish[key]?.trim(), key).not.toBe('');
      if (spanish[key] === text) expect(text, key).toMatch(SAME);
    }
  });
  it('have both forms where they count', () => {
    for (const key of Object.keys(english)) {
      if (key.endsWith('_one')) expect(english).toHaveProperty([key.replace(/_one$/, '_other')]);
    }
  });
  it('speak to the person as "tú" in Spanish', () => {
    for (const [key, text] of Object.entries(spanish)) expect(text, key).not.toMatch(/\b(usted|ustedes|vosotros|vuestr[oa]s?|introduzca|seleccione)\b/i);
  });
});
