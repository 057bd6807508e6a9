import { expect, it } from 'vitest';
import { pieces } from './snippet';

it('cuts a snippet at its marks', () => {
  expect(pieces('a \u0001word\u0002 <b>')).toEqual([
    { text: 'a ', hit: false },
    { text: 'word', hit: true },
    { text: ' <b>', hit: false },
  ]);
  expect(pieces('')).toEqual([]);
});

it('brings the hit into sight, cutting between words', () => {
  const [before] = pieces('a rather long beginning that nobody needs to read before the \u0001word\u0002 comes');
  expect(before).toEqual({ text: '…needs to read before the ', hit: false });
});
