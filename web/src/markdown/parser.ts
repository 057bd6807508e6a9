// Marked, with TeX and without anything that fetches: a picture from elsewhere becomes a link.
import { Marked, type TokenizerAndRendererExtension } from 'marked';

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[c]!);
}

function mathHtml(tex: string, display: boolean): string {
  return `<span data-math="${display ? 'display' : 'inline'}">${escape(tex)}</span>`;
}

const displayMath: TokenizerAndRendererExtension = {
  name: 'displayMath',
  level: 'block',
  start: (text) => text.match(/\$\$|\\\[/)?.index,
  tokenizer(text) {
    const found = /^ {0,3}(?:\$\$([\s\S]+?)\$\$|\\\[([\s\S]+?)\\\])[ \t]*(?:\n|$)/.exec(text);
    return found ? { type: 'displayMath', raw: found[0], tex: (found[1] ?? found[2] ?? '').trim() } : undefined;
  },
  renderer: (token) => `<p>${mathHtml(token.tex as string, true)}</p>`,
};

// A dollar sign is money unless it hugs what it encloses and no digit follows: "$5 and $6".
const INLINE = /^(?:\$\$([^$\n]+?)\$\$|\\\[([^\n]+?)\\\]|\\\(([^\n]+?)\\\)|\$(?=\S)((?:\\.|[^$\\\n])*?[^\s\\$])\$(?![\d\w]))/;

const inlineMath: TokenizerAndRendererExtension = {
  name: 'inlineMath',
  level: 'inline',
  start: (text) => text.match(/\$|\\[([]/)?.index,
  tokenizer(text) {
    const found = INLINE.exec(text);
    if (!found) return undefined;
    const display = found[1] ?? found[2];
    return { type: 'inlineMath', raw: found[0], tex: (display ?? found[3] ?? found[4] ?? '').trim(), display: display !== undefined };
  },
  renderer: (token) => mathHtml(token.tex as string, token.display as boolean),
};

const DATA_IMAGE = /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+$/;

export const parser = new Marked({
  async: false,
  gfm: true,
  breaks: false,
  renderer: {
    image({ href, text }) {
      if (DATA_IMAGE.test(href)) return `<img src="${href}" alt="${escape(text)}">`;
      return `<a href="${escape(href)}">${escape(text || href)}</a>`;
    },
    code({ text, lang }) {
      const language = (lang ?? '').trim().split(/\s/)[0] ?? '';
      return `<pre><code data-language="${escape(language)}">${escape(text)}</code></pre>`;
    },
  },
}, { extensions: [displayMath, inlineMath] });
