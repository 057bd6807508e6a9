// A search hit's text in pieces, so that it is shown as text nodes and never as HTML.
export interface Piece {
  text: string;
  hit: boolean;
}

// Two lines of the sidebar have to hold the hit: what stands far before it is cut.
const BEFORE = 28;

export function pieces(snippet: string): Piece[] {
  const found: Piece[] = [];
  let hit = false;
  for (const part of snippet.split(/([\u0001\u0002])/)) {
    if (part === '\u0001') hit = true;
    else if (part === '\u0002') hit = false;
    else if (part) found.push({ text: part, hit });
  }
  const [first, second] = found;
  if (first && second && !first.hit && first.text.length > BEFORE) {
    const end = first.text.slice(-BEFORE);
    first.text = `…${end.slice(end.search(/\s/) + 1)}`;
  }
  return found;
}
