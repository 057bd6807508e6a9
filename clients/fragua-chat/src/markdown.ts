// A little Markdown as DOM nodes: paragraphs, bold, code, lists, links. Everything else stays text; no markup is ever parsed as HTML.

type Block = { kind: 'paragraph' | 'heading' | 'code' | 'bullets' | 'numbers'; source: string };

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const BULLET = /^ {0,3}[-*+] +/;
const NUMBER = /^ {0,3}\d{1,9}[.)] +/;
const HEADING = /^ {0,3}#{1,6} +/;

function kindOf(line: string): Block['kind'] {
  if (BULLET.test(line)) return 'bullets';
  if (NUMBER.test(line)) return 'numbers';
  return HEADING.test(line) ? 'heading' : 'paragraph';
}

/** Blocks in order. Only the last one of a growing text can still change, so that the others need not be made again. */
export function blocksOf(source: string): Block[] {
  const blocks: Block[] = [];
  let open: Block | undefined;
  let fence = '';
  for (const raw of source.split('\n')) {
    const line = raw.replace(/\r$/, '');
    if (fence) {
      if (line.trim().startsWith(fence) && line.trim().replaceAll(fence[0]!, '') === '') [fence, open] = ['', undefined];
      else if (open) open.source += (open.source ? '\n' : '') + line;
      continue;
    }
    const fenced = FENCE.exec(line)?.[1];
    if (fenced) {
      fence = fenced;
      blocks.push((open = { kind: 'code', source: '' }));
      continue;
    }
    if (line.trim() === '') {
      // A list whose points stand apart is one list still.
      if (open?.kind !== 'bullets' && open?.kind !== 'numbers') open = undefined;
      continue;
    }
    const kind = kindOf(line);
    const goesOn = open && (kind === open.kind || (kind === 'paragraph' && /^\s/.test(line) && open.kind !== 'heading'));
    if (open && goesOn && kind !== 'heading') open.source += `\n${line}`;
    else blocks.push((open = { kind, source: line }));
    if (kind === 'heading') open = undefined;
  }
  return blocks;
}

export function isSafeLink(address: string): boolean {
  if (!/^https?:\/\/[^\s<>"'`\\]+$/i.test(address)) return false;
  return URL.canParse(address);
}

function link(address: string, label: Node[]): HTMLAnchorElement {
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.target = '_blank';
  anchor.rel = 'noopener noreferrer nofollow';
  anchor.append(...label);
  return anchor;
}

function element(tag: string, ...children: (Node | string)[]): HTMLElement {
  const made = document.createElement(tag);
  made.append(...children);
  return made;
}

/** Walks a line once. What has no end is remembered as such, so that hostile texts take no longer than others. */
class Inline {
  private at = 0;
  private plain = '';
  private readonly nodes: Node[] = [];
  private readonly endless = new Set<string>();

  constructor(
    private readonly source: string,
    private readonly links = true,
  ) {}

  run(): Node[] {
    while (this.at < this.source.length) {
      const node = this.special();
      if (!node) {
        this.plain += this.source[this.at++];
        continue;
      }
      this.flush();
      this.nodes.push(node);
    }
    this.flush();
    return this.nodes;
  }

  private flush(): void {
    if (this.plain) this.nodes.push(document.createTextNode(this.plain));
    this.plain = '';
  }

  private special(): Node | undefined {
    switch (this.source[this.at]) {
      case '`': return this.code();
      case '*': return this.bold('**');
      case '_': return this.bold('__');
      case '[': return this.links ? this.namedLink() : undefined;
      case 'h': case 'H': return this.links ? this.bareLink() : undefined;
      default: return undefined;
    }
  }

  private find(end: string, from: number): number {
    if (this.endless.has(end)) return -1;
    const found = this.source.indexOf(end, from);
    if (found < 0) this.endless.add(end);
    return found;
  }

  private code(): Node | undefined {
    let run = 1;
    while (this.source[this.at + run] === '`') ++run;
    const end = this.find('`'.repeat(run), this.at + run);
    if (end < 0) {
      this.plain += this.source.slice(this.at, this.at + run);
      this.at += run;
      return document.createTextNode('');
    }
    const inner = this.source.slice(this.at + run, end);
    this.at = end + run;
    return element('code', inner.trim() ? inner.replace(/^ (.*) $/, '$1') : inner);
  }

  private bold(mark: string): Node | undefined {
    const from = this.at + mark.length;
    if (!this.source.startsWith(mark, this.at) || /\s|^$/.test(this.source.charAt(from))) return undefined;
    if (mark === '__' && /\w/.test(this.source.charAt(this.at - 1))) return undefined;
    const end = this.find(mark, from + 1);
    if (end < 0 || /\s/.test(this.source.charAt(end - 1))) return undefined;
    this.at = end + mark.length;
    return element('strong', ...new Inline(this.source.slice(from, end), this.links).run());
  }

  private namedLink(): Node | undefined {
    const middle = this.find('](', this.at + 1);
    const end = middle < 0 ? -1 : this.find(')', middle);
    if (end < 0) return undefined;
    const label = this.source.slice(this.at + 1, middle);
    const address = this.source.slice(middle + 2, end).trim().replace(/\s+"[^"]*"$/, '');
    if (label.includes('[') || !label.trim() || !isSafeLink(address)) return undefined;
    this.at = end + 1;
    return link(address, new Inline(label, false).run());
  }

  private bareLink(): Node | undefined {
    if (/\w/.test(this.source.charAt(this.at - 1))) return undefined;
    const found = /^https?:\/\/[^\s<>"'`\\]+/i.exec(this.source.slice(this.at, this.at + 2048))?.[0].replace(/[.,;:!?*_)\]}]+$/, '');
    if (!found || !isSafeLink(found)) return undefined;
    this.at += found.length;
    return link(found, [document.createTextNode(found)]);
  }
}

export function inline(source: string): Node[] {
  return new Inline(source).run();
}

function list(tag: 'ul' | 'ol', source: string, point: RegExp): HTMLElement {
  const made = document.createElement(tag);
  const points: string[] = [];
  for (const line of source.split('\n')) {
    if (point.test(line)) points.push(line.replace(point, ''));
    else points[points.length - 1] += `\n${line.trim()}`;
  }
  made.append(...points.map((each) => element('li', ...inline(each))));
  if (made instanceof HTMLOListElement) made.start = parseInt(source, 10);
  return made;
}

export function render(block: Block): HTMLElement {
  switch (block.kind) {
    case 'code': {
      const pre = element('pre', element('code', block.source));
      // A long line scrolls, also for who has no mouse.
      pre.tabIndex = 0;
      return pre;
    }
    case 'bullets': return list('ul', block.source, BULLET);
    case 'numbers': return list('ol', block.source, NUMBER);
    case 'heading': return element('p', element('strong', ...inline(block.source.replace(HEADING, ''))));
    default: return element('p', ...inline(block.source));
  }
}

/** A text that grows: makes only the nodes whose source changed. */
export class GrowingText {
  private made: Block[] = [];

  constructor(private readonly into: HTMLElement) {}

  /** How many blocks will not change any more, while the text still grows. */
  get settled(): number {
    return Math.max(0, this.made.length - 1);
  }

  show(source: string): void {
    const blocks = blocksOf(source);
    let same = 0;
    while (same < blocks.length && same < this.made.length && sameBlock(blocks[same]!, this.made[same]!)) ++same;
    while (this.into.childNodes.length > same) this.into.lastChild!.remove();
    this.into.append(...blocks.slice(same).map(render));
    this.made = blocks;
  }
}

function sameBlock(one: Block, other: Block): boolean {
  return one.kind === other.kind && one.source === other.source;
}
