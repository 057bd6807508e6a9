// The facets beside the results: what there is more of, to tick. Long lists are folded; what is ticked is always seen.
import { make } from '../../shared/elements';
import type { Language } from '../../shared/language';
import type { FacetCounts, Filter } from './catalogue';
import { has } from './filter';
import { text } from './texts';

const VALUES_FOLDED = 8;

export class Facets {
  private readonly unfolded = new Set<string>();

  constructor(
    private readonly into: HTMLElement,
    private readonly toggle: (field: string, value: string) => void,
  ) {
    into.addEventListener('change', (event) => {
      const { field, value } = (event.target as HTMLElement).dataset;
      if (field !== undefined && value !== undefined) this.toggle(field, value);
    });
  }

  show(facets: FacetCounts[], filter: Filter, language: Language): void {
    const held = (this.into.getRootNode() as ShadowRoot).activeElement as HTMLElement | null;
    this.into.replaceChildren(...facets.filter((facet) => facet.values.length > 0).map((facet) => this.group(facet, filter, language)));
    // The boxes are new: who ticked one goes on from there.
    if (held?.dataset.field !== undefined) this.find(held.dataset.field, held.dataset.value)?.focus();
  }

  private find(field: string, value: string | undefined): HTMLElement | undefined {
    return [...this.into.querySelectorAll<HTMLElement>('[data-field]')].find((each) => each.dataset.field === field && each.dataset.value === value);
  }

  private group(facet: FacetCounts, filter: Filter, language: Language): HTMLElement {
    const made = make('fieldset', 'facet');
    const legend = make('legend', 'facet-label');
    legend.textContent = facet.label;
    made.append(legend);
    const open = this.unfolded.has(facet.field);
    facet.values.forEach(({ value, count }, index) => {
      const ticked = has(filter, facet.field, value);
      if (open || ticked || index < VALUES_FOLDED) made.append(box(facet.field, value, count, ticked));
    });
    if (facet.values.length > VALUES_FOLDED) made.append(this.fold(facet, filter, language));
    return made;
  }

  private fold(facet: FacetCounts, filter: Filter, language: Language): HTMLElement {
    const open = this.unfolded.has(facet.field);
    const made = make('button', 'facet-fold', { type: 'button', 'aria-expanded': String(open), 'data-field': facet.field });
    made.textContent = open ? text(language, 'fewer_values') : text(language, 'all_values', { count: facet.values.length });
    made.addEventListener('click', () => {
      if (!this.unfolded.delete(facet.field)) this.unfolded.add(facet.field);
      made.closest('fieldset')?.replaceWith(this.group(facet, filter, language));
      this.find(facet.field, undefined)?.focus();
    });
    return made;
  }
}

function box(field: string, value: string, count: number, ticked: boolean): HTMLElement {
  const made = make('label', 'facet-value');
  const input = make('input', 'facet-box', { type: 'checkbox', 'data-field': field, 'data-value': value });
  input.checked = ticked;
  const name = make('span', 'facet-name');
  name.textContent = value;
  const number = make('span', 'facet-count');
  number.textContent = String(count);
  made.append(input, name, number);
  return made;
}
