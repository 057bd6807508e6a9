// A search hit's text in pieces, so that it is shown as text nodes and never as HTML.
export interface Piece {
  text: string;
  hit: boolean;
}

export function pieces(snippet: string): Piece[] {
  const found: Piece[] = [];
  let hit = false;
  for (const part of snippet.split(/([\u0001\u0002])/)) {
    if (part === '\u0001') hit = true;
    else if (part === '\u0002') hit = false;
    else if (part) found.push({ text: part, hit });
  }
  return found;
}
