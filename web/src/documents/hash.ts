// "#manuals" in a message: which word is being written there, and the text without it.

export interface HashWord {
  from: number;
  to: number;
  search: string;
}

/** The word with # at its beginning in which the cursor stands. "# Heading" and "C#" are none. */
export function hashAt(text: string, cursor: number): HashWord | undefined {
  const found = /(?:^|\s)#([^\s#]*)$/u.exec(text.slice(0, cursor));
  return found ? { from: cursor - found[1]!.length - 1, to: cursor, search: found[1]! } : undefined;
}

export function withoutWord(text: string, word: HashWord): string {
  const [before, after] = [text.slice(0, word.from), text.slice(word.to)];
  return /\s$/.test(before) || before === '' ? before + after.trimStart() : before + after;
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Those whose name has what was written, without a care for accents; those that begin with it first. */
export function matching<T extends { name: string }>(all: readonly T[], search: string): T[] {
  const wanted = plain(search);
  const rank = (one: T) => plain(one.name).indexOf(wanted);
  return all.filter((one) => rank(one) >= 0).sort((a, b) => Number(rank(a) > 0) - Number(rank(b) > 0) || a.name.localeCompare(b.name));
}
