// From untrusted Markdown to HTML that can do nothing but be read. The server's CSP is the second wall, not the first.
import createDOMPurify, { type Config } from 'dompurify';
import { parser } from './parser';

const CONFIG: Config = {
  ALLOWED_TAGS:
    'p br hr h1 h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong del s ins mark sub sup kbd abbr a img table thead tbody tfoot tr th td details summary span div input dl dt dd'.split(' '),
  // No class, style, id or name: foreign text must not borrow our looks or shadow our elements.
  ALLOWED_ATTR: ['href', 'src', 'alt', 'title', 'align', 'start', 'colspan', 'rowspan', 'type', 'checked', 'disabled', 'data-math', 'data-language', 'dir', 'open'],
  // The address rule below is for href and src alone.
  ADD_URI_SAFE_ATTR: ['align', 'start', 'colspan', 'rowspan', 'type', 'checked', 'disabled', 'data-math', 'data-language', 'dir', 'open'],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  ALLOWED_URI_REGEXP: /^(?:https?:\/\/|mailto:|data:image\/(?:png|jpeg|gif|webp);base64,)/i,
};

const purify = createDOMPurify(window);

purify.addHook('afterSanitizeAttributes', (element) => {
  const tag = element.nodeName;
  if (tag === 'A') {
    const href = element.getAttribute('href') ?? '';
    if (/^(?:https?:\/\/|mailto:)/i.test(href)) {
      element.setAttribute('target', '_blank');
      element.setAttribute('rel', 'noopener noreferrer nofollow');
    } else element.removeAttribute('href');
  } else if (tag === 'IMG') {
    // Also in raw HTML: nothing is fetched because a text says so.
    if (!/^data:image\//i.test(element.getAttribute('src') ?? '')) element.remove();
  } else if (tag === 'INPUT') {
    if (element.getAttribute('type') !== 'checkbox') element.remove();
    else {
      element.setAttribute('disabled', '');
      element.setAttribute('aria-hidden', 'true');
    }
  }
});

export function sanitize(html: string): string {
  return purify.sanitize(html, CONFIG) as string;
}

export function toHtml(markdown: string): string {
  return sanitize(parser.parse(markdown) as string);
}
