// The list of suggestions under the field: a combobox as the ARIA authoring practices describe it. The focus stays in the field.
import { make } from '../../shared/elements';

export interface Option {
  text: string;
  /** What it is, and how many there are; "" for nothing. */
  label: string;
  count: string;
  choose: () => void;
}

export class Options {
  private shown: Option[] = [];
  private active = -1;

  constructor(
    private readonly input: HTMLInputElement,
    private readonly list: HTMLElement,
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

  show(options: Option[]): void {
    this.shown = options;
    this.list.replaceChildren(...options.map(element));
    this.list.hidden = options.length === 0;
    this.input.setAttribute('aria-expanded', String(this.open));
    this.mark(-1);
  }

  hide(): void {
    if (this.open) this.show([]);
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
    const { choose } = this.shown[index]!;
    this.hide();
    choose();
  }
}

function element({ text, label, count }: Option, index: number): HTMLElement {
  const made = make('li', 'option', { role: 'option', id: `option-${index}` });
  for (const [part, content] of [['option-value', text], ['option-label', label], ['option-count', count]] as const) {
    if (!content) continue;
    const span = make('span', part);
    span.textContent = content;
    made.append(span);
  }
  return made;
}
