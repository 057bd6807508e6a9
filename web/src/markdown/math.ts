// TeX, typeset when a text first has some.

const OPTIONS = { throwOnError: false, trust: false, strict: 'ignore', maxSize: 20, maxExpand: 200, output: 'htmlAndMathml' } as const;

export function typeset(root: HTMLElement): void {
  const found = root.querySelectorAll<HTMLElement>('[data-math]');
  if (found.length === 0) return;
  void Promise.all([import('katex'), import('katex/dist/katex.min.css')]).then(([{ default: katex }]) => {
    for (const element of found) {
      if (!element.isConnected) continue;
      katex.render(element.textContent ?? '', element, { ...OPTIONS, displayMode: element.dataset.math === 'display' });
    }
  });
}
