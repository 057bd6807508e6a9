// What was read of a document, for reading: pieces joined without what they repeat, tables told from prose.
import type { Chunk } from './types';

export interface Section {
  heading: string;
  /** Of its first piece; 0 without pages. */
  page: number;
  text: string;
}

export interface Part {
  kind: 'text' | 'table';
  text: string;
}

const REPEAT_MAX = 4_000;

/** The next piece without the sentences with which the piece before it ended. */
export function withoutRepeat(before: string, next: string): string {
  const end = before.trimEnd();
  for (let length = Math.min(end.length, next.length, REPEAT_MAX); length > 0; length -= 1) {
    if (end.endsWith(next.slice(0, length).trimEnd()) && /[\s]$|^$/.test(next.slice(length - 1, length))) return next.slice(length).trimStart();
    if (length === next.length && end.endsWith(next)) return '';
  }
  return next;
}

export function sections(chunks: readonly Chunk[]): Section[] {
  const found: Section[] = [];
  let before = '';
  for (const chunk of chunks) {
    const last = found.at(-1);
    if (last && last.heading === chunk.heading) last.text += ` ${withoutRepeat(before, chunk.content)}`.replace(/^ (?=[|#-]|$)/, '\n\n');
    else found.push({ heading: chunk.heading, page: chunk.page, text: chunk.content });
    before = chunk.content;
  }
  return found;
}

export const onPage = (chunks: readonly Chunk[], page: number) => chunks.filter((chunk) => chunk.page <= page && page <= Math.max(chunk.page, chunk.page_end));

const isRow = (line: string) => /^\s*\|.*\|\s*$/.test(line);

/** Tables are written as Markdown; everything else is somebody's text and stays as it is. */
export function parts(text: string): Part[] {
  const found: Part[] = [];
  for (const line of text.split('\n')) {
    const kind = isRow(line) ? 'table' : 'text';
    const last = found.at(-1);
    if (last?.kind === kind) last.text += `\n${line}`;
    else found.push({ kind, text: line });
  }
  return found.map((part) => ({ ...part, text: part.text.replace(/^\n+|\s+$/g, '') })).filter((part) => part.text !== '');
}
