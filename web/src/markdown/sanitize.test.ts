import { describe, expect, it } from 'vitest';
import { toHtml } from './sanitize';

function dom(markdown: string): HTMLElement {
  const root = document.createElement('div');
  root.innerHTML = toHtml(markdown);
  return root;
}

describe('toHtml', () => {
  it('renders what people write', () => {
    expect(dom('**a** `b`\n\n| x |\n|---|\n| 1 |').querySelectorAll('strong, code, table').length).toBe(3);
  });

  it('keeps foreign pictures from being fetched, in Markdown and in HTML', () => {
    const root = dom('![alt](https://evil.example/x.png)\n\n<img src="https://evil.example/y.png"> <img src=/api/v1/session>');
    expect(root.querySelector('img')).toBeNull();
    expect(root.querySelector('a')?.textContent).toBe('alt');
  });

  it('keeps small pictures inside the text', () => {
    expect(dom('![dot](data:image/png;base64,iVBORw0KGgo=)').querySelector('img')?.alt).toBe('dot');
    expect(dom('![dot](data:image/svg+xml;base64,PHN2Zz4=)').querySelector('img')).toBeNull();
  });

  it('opens links elsewhere, without telling where they came from', () => {
    const link = dom('[a](https://a.example)').querySelector('a');
    expect(link?.target).toBe('_blank');
    expect(link?.rel).toContain('noreferrer');
  });

  it('lets no script, style, frame, form, id or class through', () => {
    const hostile = [
      '<script>alert(1)</script>',
      '<img src=x onerror=alert(1)>',
      '<svg onload=alert(1)><a xlink:href="javascript:alert(1)">x</a></svg>',
      '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
      '<form action=https://evil.example><input name=a><button>x</button></form>',
      '<style>*{display:none}</style>',
      '<p class="fixed inset-0" id="app" style="position:fixed" onclick=alert(1)>x</p>',
      '[x](javascript:alert(1))',
      '[x](data:text/html;base64,PHNjcmlwdD4=)',
      '<a href="JaVaScRiPt:alert(1)">x</a>',
      '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>',
      '$\\href{javascript:alert(1)}{x}$',
      '$$<img src=x onerror=alert(1)>$$',
      '```"onmouseover=alert(1)\ncode\n```',
    ];
    for (const text of hostile) {
      const root = dom(text);
      expect(root.querySelector('script, style, iframe, form, svg, math, button, input:not([type=checkbox]), img'), text).toBeNull();
      for (const element of root.querySelectorAll('*'))
        for (const { name, value } of element.attributes) {
          expect(name, text).not.toMatch(/^on|^style$|^class$|^id$/);
          expect(value, text).not.toMatch(/^javascript:|^data:text/i);
        }
    }
  });

  it('marks TeX, and leaves money alone', () => {
    expect(dom('It is $x^2$ here').querySelector('[data-math=inline]')?.textContent).toBe('x^2');
    expect(dom('\\(a<b\\) and \\[c\\]').querySelectorAll('[data-math]').length).toBe(2);
    expect(dom('$$\nx = 1\n\ny = 2\n$$').querySelector('[data-math=display]')?.textContent).toBe('x = 1\n\ny = 2');
    expect(dom('It costs $5 or $6, not $ 7 $').querySelector('[data-math]')).toBeNull();
    expect(dom('`$x$`').querySelector('[data-math]')).toBeNull();
  });
});
