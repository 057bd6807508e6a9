import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { toasts } from '../ui/toasts.svelte';
import { preferences } from './preferences.svelte';
import { forgetEntry } from './saved_lists';

beforeEach(() => vi.stubGlobal('fetch', async () => new Response('{}')));
afterEach(() => vi.unstubAllGlobals());

const prompt = (id: string) => ({ id, name: `the ${id}`, text: id });

it('brings a deleted entry back into the list as it is by then', () => {
  preferences.set({ system_prompts: [prompt('a'), prompt('b')] });
  forgetEntry('system_prompts', prompt('a'));
  expect(preferences.all.system_prompts?.map(({ id }) => id)).toEqual(['b']);
  preferences.set({ system_prompts: [prompt('b'), prompt('c')] });
  toasts.all.at(-1)?.action?.run();
  expect(preferences.all.system_prompts?.map(({ id }) => id)).toEqual(['b', 'c', 'a']);
});
