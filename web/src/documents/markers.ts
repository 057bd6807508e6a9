// Turns the markers [1], [2]… of an answer into buttons, in HTML that the sanitizer has made.
// What is written into the page is numbers and our own label; the answer's text stays text.

const MARKER = /\[(\d{1,3})\]/g;
const NO_MARKERS = 'code, pre, button, a';

function button(number: number, label: string): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'cite';
  made.dataset.source = String(number);
  made.textContent = String(number);
  made.setAttribute('aria-label', label);
  return made;
}

/** Markers without a source stay as they are written. */
export function linkMarkers(root: HTMLElement, labels: ReadonlyMap<number, string>): void {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  for (const text of texts) {
    if (text.parentElement?.closest(NO_MARKERS)) continue;
    const found = [...text.data.matchAll(MARKER)].filter(([, number]) => labels.has(Number(number)));
    // From the end, so that the places of the others hold.
    for (const match of found.reverse()) {
      const rest = text.splitText(match.index);
      rest.data = rest.data.slice(match[0].length);
      rest.before(button(Number(match[1]), labels.get(Number(match[1]))!));
    }
  }
}

/** For a model that is asked again, and for copying: markers mean nothing without their sources. */
export function withoutMarkers(text: string): string {
  return text.replace(/\s?\[\d{1,3}\]/g, '');
}
