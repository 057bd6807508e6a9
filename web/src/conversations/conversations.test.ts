import { describe, expect, it } from 'vitest';
import type { Conversation } from '../api/types';
import { fits, NO_FILTER, sorted } from './conversations.svelte';

const conversation = (id: string, more: Partial<Conversation> = {}): Conversation => ({
  id, title: id, model: '', system: '', parameters: {}, mode: 'conversation', folder: '', tags: [], pinned: false, archived: false, created_at: '', updated_at: '',
  current_message_id: null, share_id: null, running_message_id: null, ...more,
});

describe('conversations', () => {
  it('sorts the pinned first, then the newest', () => {
    const list = [conversation('old', { updated_at: '2026-01-01' }), conversation('new', { updated_at: '2026-02-01' }), conversation('pin', { pinned: true })];
    expect(sorted(list).map((c) => c.id)).toEqual(['pin', 'new', 'old']);
  });
  it('knows what fits the filter', () => {
    const one = conversation('a', { folder: 'Work', tags: ['x'] });
    expect(fits(one, NO_FILTER)).toBe(true);
    expect(fits(one, { ...NO_FILTER, folder: 'Home' })).toBe(false);
    expect(fits(one, { ...NO_FILTER, tag: 'x' })).toBe(true);
    expect(fits(one, { ...NO_FILTER, archived: true })).toBe(false);
  });
});
