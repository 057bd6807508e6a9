// The list of suggestions under the field: a combobox as the ARIA authoring practices describe it. The focus stays in the field.
import { make } from '../../shared/elements';
import type { Suggestion } from './catalogue';

export class Options {
  private shown: Suggestion[] = [];
  private active = -1;

  constructor(
    private readonly input: HTMLInputElement,
    private readonly list: HTMLElement,
    private readonly choose: (suggestion: Suggestion) => void,
  ) {
    // Pressing the mouse would take the focus out of the field, and the list away before the click.
    list.addEventListener('mousedown', (event) => event.preventDefault());
    list.addEventListener('click', (event) => {
      const index = [...list.children].findIndex((option) => event.composedPath().includes(option));
      if (index >= 0) this.chooseAt(index);
    });
  }

  get open(): boolean {
    return !this.list.hidden;
  }

  show(suggestions: Suggestion[], number: (count: number) => string): void {
    this.shown = suggestions;
    this.list.replaceChildren(...suggestions.map((each, index) => option(each, index, number)));
    this.list.hidden = suggestions.length === 0;
    this.input.setAttribute('aria-expanded', String(this.open));
    this.mark(-1);
  }

  hide(): void {
    if (this.open) this.show([], String);
  }

  /** The text is another now: what was marked was marked for the one before. */
  unmark(): void {
    this.mark(-1);
  }

  /** True when the key was for the list. */
  key(event: KeyboardEvent): boolean {
    if (!this.open || event.isComposing) return false;
    const count = this.shown.length;
    switch (event.key) {
      // One place more than there are options: that is the field itself.
      case 'ArrowDown': this.mark(this.active + 1 === count ? -1 : this.active + 1); break;
      case 'ArrowUp': this.mark(this.active === -1 ? count - 1 : this.active - 1); break;
      case 'Escape': this.hide(); break;
      case 'Enter':
        if (this.active < 0) return false;
        this.chooseAt(this.active);
        break;
      default: return false;
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  private mark(index: number): void {
    this.active = index;
    [...this.list.children].forEach((each, at) => each.setAttribute('aria-selected', String(at === index)));
    const marked = this.list.children[index];
    if (!marked) return this.input.removeAttribute('aria-activedescendant');
    this.input.setAttribute('aria-activedescendant', marked.id);
    marked.scrollIntoView?.({ block: 'nearest' });
  }

  private chooseAt(index: number): void {
    const suggestion = this.shown[index]!;
    this.hide();
    this.choose(suggestion);
  }
}

function option(suggestion: Suggestion, index: number, number: (count: number) => string): HTMLElement {
  const made = make('li', 'option', { role: 'option', id: `option-${index}` });
  const value = make('span', 'option-value');
  value.textContent = suggestion.value;
  made.append(value);
  if (suggestion.kind === 'facet') {
    const label = make('span', 'option-label');
    label.textContent = suggestion.label;
    const count = make('span', 'option-count');
    count.textContent = number(suggestion.count);
    made.append(label, count);
  }
  return made;
}
