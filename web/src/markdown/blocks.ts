// Cuts Markdown that is still being written into blocks, so that only the last one is rendered again as text arrives.
import { parser } from './parser';

export type Block = { kind: 'markdown'; raw: string } | { kind: 'code'; raw: string; language: string; text: string; closed: boolean };

// So much of the next block must be there before the one before it counts as complete: "1" may become "1. another item".
const SURE_LENGTH = 8;

function isClosedFence(raw: string): boolean {
  const fence = /^ {0,3}(`{3,}|~{3,})/.exec(raw)?.[1];
  if (!fence) return true;
  const last = raw.trimEnd().split('\n').at(-1)?.trim() ?? '';
  return raw.trimEnd().includes('\n') && last.length >= fence.length && last === fence[0]!.repeat(last.length);
}

function lex(text: string): Block[] {
  return parser.lexer(text).map((token) => {
    if (token.type !== 'code') return { kind: 'markdown', raw: token.raw };
    const language = ((token.lang as string | undefined) ?? '').trim().split(/\s/)[0] ?? '';
    return { kind: 'code', raw: token.raw, language, text: token.text as string, closed: isClosedFence(token.raw) };
  });
}

const isSpace = (block: Block) => block.kind === 'markdown' && block.raw.trim() === '';

export class BlockSplitter {
  private text = '';
  private stable: Block[] = [];
  private stableLength = 0;
  private shown: Block[] = [];

  /** The blocks of the text so far. An unchanged block is the same object as the last time. */
  update(text: string, finished: boolean): Block[] {
    if (!text.startsWith(this.text)) this.reset();
    if (text === this.text && !finished) return this.shown;
    this.text = text;
    // The end is cut anew from the beginning: a block that only its end explains (a list, $$ over blank lines) heals here.
    if (finished) this.reset();
    const tail = lex(text.slice(this.stableLength));
    if (!finished) this.settle(tail);
    this.shown = this.reuse([...this.stable, ...tail].filter((block) => !isSpace(block)));
    return this.shown;
  }

  private reset(): void {
    this.stable = [];
    this.stableLength = 0;
  }

  private settle(tail: Block[]): void {
    const last = tail.at(-1);
    if (!last || isSpace(last) || last.raw.trim().length < SURE_LENGTH) return;
    for (const block of tail.splice(0, tail.length - 1)) {
      this.stable.push(block);
      this.stableLength += block.raw.length;
    }
  }

  private reuse(blocks: Block[]): Block[] {
    return blocks.map((block, i) => {
      const before = this.shown[i];
      const same = before?.kind === block.kind && before.raw === block.raw && (block.kind !== 'code' || (before as typeof block).closed === block.closed);
      return same ? before : block;
    });
  }
}
