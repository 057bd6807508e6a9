// Where a quote stands in its passage, so that it can be marked there; and which words of a passage a question has.

export interface Piece {
  text: string;
  hit: boolean;
}

/** Letters as they are compared, and where each of them stands in the text. */
function comparable(text: string): { letters: string; at: number[] } {
  let letters = '';
  const at: number[] = [];
  for (let i = 0; i < text.length; i += 1) {
    const letter = text[i]!;
    if (/\s/.test(letter)) continue;
    const low = letter.toLowerCase();
    letters += low.length === 1 ? low : letter;
    at.push(i);
  }
  return { letters, at };
}

/** The text with the quote marked. Blanks and case may differ: the text may have been broken into other lines. */
export function markQuote(text: string, quote: string): Piece[] {
  const [whole, wanted] = [comparable(text), comparable(quote)];
  const from = wanted.letters === '' ? -1 : whole.letters.indexOf(wanted.letters);
  if (from < 0) return [{ text, hit: false }];
  const [begin, end] = [whole.at[from]!, whole.at[from + wanted.letters.length - 1]! + 1];
  return [
    { text: text.slice(0, begin), hit: false },
    { text: text.slice(begin, end), hit: true },
    { text: text.slice(end), hit: false },
  ].filter((piece) => piece.text !== '');
}

const WORD = /[\p{L}\p{N}]+/gu;
const SHORTEST = 4;
// Endings differ, beginnings tell: "reservas" and "reservar".
const ENDING = 2;

function root(word: string): string {
  const plain = word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.length - ENDING >= SHORTEST ? plain.slice(0, -ENDING) : plain;
}

/** The words that a text shares with a question. What counts for the search is the server's; this only helps the eye. */
export function markWords(text: string, question: string): Piece[] {
  const roots = [...question.matchAll(WORD)].map(([word]) => root(word)).filter((word) => word.length >= SHORTEST || /^\d+$/.test(word));
  const found: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(WORD)) {
    const word = root(match[0]);
    if (!roots.some((one) => (one.length >= SHORTEST ? word.startsWith(one) || one.startsWith(word) && word.length >= SHORTEST : word === one))) continue;
    if (match.index > end) found.push({ text: text.slice(end, match.index), hit: false });
    found.push({ text: match[0], hit: true });
    end = match.index + match[0].length;
  }
  if (end < text.length) found.push({ text: text.slice(end), hit: false });
  return found;
}
