import { describe, expect, it } from 'vitest';
import { onPage, parts, sections, withoutRepeat } from './text';
import type { Chunk } from './types';

const chunk = (content: string, more: Partial<Chunk> = {}): Chunk => ({ position: 0, page: 0, page_end: 0, heading: '', content, ...more });

describe('the text of a document', () => {
  it('is joined without what the next piece repeats', () => {
    expect(withoutRepeat('One. Two. Three.', 'Two. Three. Four.')).toBe('Four.');
    expect(withoutRepeat('One. Two.', 'Three.')).toBe('Three.');
    expect(withoutRepeat('One. Two.', 'Two.')).toBe('');
    // Letters that happen to meet are no repetition.
    expect(withoutRepeat('It is a', 'and so on')).toBe('and so on');
  });
  it('has a section for each heading', () => {
    const found = sections([chunk('A. B.', { heading: 'One', page: 1 }), chunk('B. C.', { heading: 'One', page: 2 }), chunk('D.', { heading: 'Two', page: 2 })]);
    expect(found).toEqual([
      { heading: 'One', page: 1, text: 'A. B. C.' },
      { heading: 'Two', page: 2, text: 'D.' },
    ]);
  });
  it('knows what stands on a page', () => {
    const all = [chunk('a', { page: 1, page_end: 2 }), chunk('b', { page: 2, page_end: 2 }), chunk('c', { page: 3, page_end: 3 })];
    expect(onPage(all, 2).map((one) => one.content)).toEqual(['a', 'b']);
  });
  it('tells tables from prose', () => {
    expect(parts('Prices:\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nThe end | of it')).toEqual([
      { kind: 'text', text: 'Prices:' },
      { kind: 'table', text: '| a | b |\n|---|---|\n| 1 | 2 |' },
      { kind: 'text', text: 'The end | of it' },
    ]);
  });
});
