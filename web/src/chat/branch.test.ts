import { describe, expect, it } from 'vitest';
import type { Message } from '../api/types';
import { canContinue, place, prepend, questionOf, siblings } from './branch';

function message(id: string, parent: string | null, more: Partial<Message> = {}): Message {
  return {
    id, parent_id: parent, role: 'user', content: '', thinking: '', images: [], model: '', status: 'done', error: '', rating: 0, created_at: '', siblings: [id],
    figures: null, done_reason: 'stop', collections: [], sources: [], sufficient: null, ...more,
  };
}
const branch = [message('a', null), message('b', 'a', { role: 'assistant' }), message('c', 'b'), message('d', 'c', { role: 'assistant' })];
const ids = (messages: Message[]) => messages.map((m) => m.id).join('');

describe('branch', () => {
  it('puts a new message at the end', () => expect(ids(place(branch, message('e', 'd')))).toBe('abcde'));
  it('replaces a message by its newer state', () => {
    const next = place(branch, message('d', 'c', { content: 'x' }));
    expect(ids(next)).toBe('abcd');
    expect(next[3]?.content).toBe('x');
  });
  it('cuts the branch at the sibling of an edited or regenerated message', () => {
    expect(ids(place(branch, message('x', 'b')))).toBe('abx');
    expect(ids(place(branch, message('x', null)))).toBe('x');
  });
  it('finds the sibling also when the parent is not loaded', () => expect(ids(place(branch.slice(2), message('x', 'b')))).toBe('x'));
  it('puts earlier messages in front, none twice', () => expect(ids(prepend(branch.slice(0, 3), branch.slice(2)))).toBe('abcd'));
  it('knows the neighbours among siblings', () => {
    expect(siblings(message('b', 'a', { siblings: ['a', 'b', 'c'] }))).toEqual({ index: 1, count: 3, before: 'a', after: 'c' });
    expect(siblings(message('b', 'a', { siblings: [] })).after).toBeUndefined();
  });
  it('finds the question of an answer', () => expect(questionOf(branch, branch[3]!)?.id).toBe('c'));
  it('offers to go on only with answers that were cut', () => {
    expect(canContinue(message('b', 'a', { role: 'assistant', status: 'stopped', content: 'x' }))).toBe(true);
    expect(canContinue(message('b', 'a', { role: 'assistant', done_reason: 'length', content: 'x' }))).toBe(true);
    expect(canContinue(message('b', 'a', { role: 'assistant', content: 'x' }))).toBe(false);
    expect(canContinue(message('b', 'a', { status: 'stopped', content: 'x' }))).toBe(false);
    const cut = message('b', 'a', { role: 'assistant', status: 'stopped', content: 'x' });
    expect(canContinue(cut, message('a', null))).toBe(true);
    expect(canContinue(cut, message('a', null, { collections: ['k'] }))).toBe(false);
  });
});
