import { describe, expect, it } from 'vitest';
import { toHtml } from '../markdown/sanitize';
import { linkMarkers, withoutMarkers } from './markers';

function linked(markdown: string, ...sources: number[]): HTMLElement {
  const root = document.createElement('div');
  root.innerHTML = toHtml(markdown);
  linkMarkers(root, new Map(sources.map((number) => [number, `Source ${number}`])));
  return root;
}
const buttons = (root: HTMLElement) => [...root.querySelectorAll('button')].map((button) => button.dataset.source);

describe('markers', () => {
  it('become buttons with a name, in their places', () => {
    const root = linked('It is **blue** [1]. And **green [2][1]**.', 1, 2);
    expect(buttons(root)).toEqual(['1', '2', '1']);
    expect(root.querySelector('button')?.getAttribute('aria-label')).toBe('Source 1');
    expect(root.textContent?.trim()).toBe('It is blue 1. And green 21.');
    expect(root.querySelector('strong button')).not.toBeNull();
  });
  it('without a source, in code and in links stay text', () => {
    const root = linked('See [3], `a[1]` and [x [1]](https://a.example).', 1);
    expect(buttons(root)).toEqual([]);
    expect(root.textContent).toContain('[3]');
  });
  it('bring no HTML of the answer to life', () => {
    const root = linked('&lt;img src=x onerror=alert(1)&gt; [1] `<b>`', 1);
    expect(root.querySelector('img, b')).toBeNull();
    expect(buttons(root)).toEqual(['1']);
  });
  it('are left out where their sources are not', () => {
    expect(withoutMarkers('It is blue [1]. Green too [2][3].')).toBe('It is blue. Green too.');
  });
});
