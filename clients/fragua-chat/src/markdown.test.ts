import { describe, expect, it } from 'vitest';
import { blocksOf, GrowingText, inline, isSafeLink, render } from './markdown';

function html(source: string): string {
  const into = document.createElement('div');
  new GrowingText(into).show(source);
  return into.innerHTML;
}

describe('blocks', () => {
  it('become paragraphs, headings, lists and code', () => {
    expect(html('# Title\nOne\ntwo\n\nThree\n- a\n- b\n  more\n\n3. c\n4. d\n```js\nlet a;\n\n- no list\n```\nend')).toBe(
      '<p><strong>Title</strong></p><p>One\ntwo</p><p>Three</p><ul><li>a</li><li>b\nmore</li></ul><ol start="3"><li>c</li><li>d</li></ol>' +
        '<pre tabindex="0"><code>let a;\n\n- no list</code></pre><p>end</p>',
    );
  });
  it('keep a list whose points stand apart as one list', () => {
    expect(html('- a\n\n- b')).toBe('<ul><li>a</li><li>b</li></ul>');
  });
  it('show code whose fence is still open', () => {
    expect(blocksOf('```\na <b>\n')).toEqual([{ kind: 'code', source: 'a <b>\n' }]);
  });
  it('end at a fence of the same length only', () => {
    expect(html('````\n```\n````')).toBe('<pre tabindex="0"><code>```</code></pre>');
  });
});

describe('inline', () => {
  const shown = (source: string) => {
    const into = document.createElement('p');
    into.append(...inline(source));
    return into.innerHTML;
  };
  it('knows bold, code and links', () => {
    expect(shown('a **b `c`** __d__ `` `e` ``')).toBe('a <strong>b <code>c</code></strong> <strong>d</strong> <code>`e`</code>');
    expect(shown('[a **b**](https://x.test/?q=1)')).toBe(
      '<a href="https://x.test/?q=1" target="_blank" rel="noopener noreferrer nofollow">a <strong>b</strong></a>',
    );
    expect(shown('see https://x.test/a.')).toBe('see <a href="https://x.test/a" target="_blank" rel="noopener noreferrer nofollow">https://x.test/a</a>.');
  });
  it('leaves what has no end, or is none of these, as it is', () => {
    for (const source of ['**a', '`a', '[a](', '[a](b)', '2 * 3 * 4', 'snake__case__name', '** a **', 'shttp://x.test']) expect(shown(source)).toBe(source);
  });
  it('takes no longer for hostile texts than for others', () => {
    const started = performance.now();
    for (const piece of ['[', '](', '**', '`', '``` ', '__a', 'http://', '[a](', '**a `']) inline(piece.repeat(20_000));
    expect(performance.now() - started).toBeLessThan(4_000);
  });
});

describe('safety', () => {
  it('links nowhere but to http and https', () => {
    for (const address of ['javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'java\nscript:alert(1)', 'data:text/html,x', 'vbscript:x', '//x.test', '/a', 'file:///etc', 'blob:https://x.test/1', 'https://x.test/"onclick="', 'https://x.test/<b>', ' https://x.test', 'https://', 'mailto:a@x.test'])
      expect(isSafeLink(address), address).toBe(false);
    expect(isSafeLink('HTTPS://x.test/a_(b)?c=d#e')).toBe(true);
  });
  it('makes no element of any markup in the text', () => {
    const allowed = new Set(['P', 'STRONG', 'CODE', 'PRE', 'UL', 'OL', 'LI', 'A', 'DIV']);
    const hostile = ['<img src=x onerror=alert(1)>', '<script>alert(1)</script>', '<svg/onload=alert(1)>', '[x](javascript:alert(1))', '![x](https://evil.test/x.png)', '<a href="javascript:x">y</a>', '**<iframe srcdoc=x>**', '`<b>`', '- <style>*{}</style>', '```<i>\n<i>\n```', '[<img src=x>](https://x.test)', '[a](https://x.test "<b onclick=x>")'];
    for (const source of hostile) {
      const into = document.createElement('div');
      new GrowingText(into).show(source);
      for (const element of into.querySelectorAll('*')) {
        expect(allowed, source).toContain(element.tagName);
        for (const name of element.getAttributeNames()) expect(['href', 'target', 'rel', 'start', 'tabindex'], source).toContain(name);
        if (element instanceof HTMLAnchorElement) expect(element.protocol, source).toMatch(/^https?:$/);
      }
    }
  });
});

describe('growing text', () => {
  it('keeps the nodes of blocks that did not change', () => {
    const into = document.createElement('div');
    const growing = new GrowingText(into);
    growing.show('One\n\nTw');
    const [first, second] = into.childNodes;
    growing.show('One\n\nTwo\n\n- a');
    expect(into.childNodes[0]).toBe(first);
    expect(into.childNodes[1]).not.toBe(second);
    expect(into.textContent).toBe('OneTwoa');
    expect(growing.settled).toBe(2);
  });
  it('ends as if it had come at once, wherever it was cut', () => {
    const whole = '# T\n\ntext **b** and `c`\n\n1. one\n2. two\n\n```\ncode\n```\n\n[l](https://x.test) - end\n- a\n';
    const into = document.createElement('div');
    const growing = new GrowingText(into);
    for (let i = 1; i <= whole.length; ++i) growing.show(whole.slice(0, i));
    expect(into.innerHTML).toBe(html(whole));
  });
});

it('render starts a numbered list at its number', () => {
  expect(render({ kind: 'numbers', source: '7) a' }).outerHTML).toBe('<ol start="7"><li>a</li></ol>');
});
