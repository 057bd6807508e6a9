import { describe, expect, it } from 'vitest';
import { match, resolve } from './router.svelte';

describe('router', () => {
  it('reads parameters out of a path and decodes them', () => {
    expect(match('/c/:id', '/c/a%20b')).toEqual({ id: 'a b' });
  });
  it('does not match another length or other words', () => {
    expect(match('/c/:id', '/c')).toBeUndefined();
    expect(match('/models', '/settings')).toBeUndefined();
  });
  it('survives a path that is not valid percent encoding', () => {
    expect(match('/c/:id', '/c/%E0%A4%A')).toBeUndefined();
  });
  it('knows its pages, with or without a slash at the end', () => {
    expect(resolve('/')).toEqual({ page: 'chat', params: {} });
    expect(resolve('/settings/keys/')).toEqual({ page: 'settings', params: { section: 'keys' } });
    expect(resolve('/nowhere').page).toBe('not-found');
  });
});
