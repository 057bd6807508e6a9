// <fragua-search>: a field that suggests while one types, understands a question and shows what it finds. Ties the finder to the view;
// see README.md for attributes, parts and events.
import { addStyles, make } from '../../shared/elements';
import { languageOf, type Language, type Values } from '../../shared/language';
import type { ServerError } from '../../shared/server';
import { card, linkTo } from './cards';
import type { Filter, Found, Item, Source, Suggestions } from './catalogue';
import { Describer } from './describer';
import { Facets } from './facets';
import { partsOf, removed, toggled } from './filter';
import { Finder } from './finder';
import { list, moment, part } from './format';
import { readings } from './notes';
import { Options, type Option } from './options';
import { STYLES } from './styles';
import { Suggester } from './suggestions';
import { text, type Text } from './texts';
import { buildView, type View } from './view';

const PAGE_ITEMS = 12;
const PAGE_ITEMS_MAX = 100;

export class FraguaSearch extends HTMLElement {
  static readonly observedAttributes = ['lang', 'placeholder', 'labels'];

  private readonly ui: View;
  private readonly describer = new Describer();
  private readonly finder: Finder;
  private readonly suggester: Suggester;
  private readonly options: Options;
  private readonly facets: Facets;
  private problem: ServerError | undefined;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    addStyles(root, STYLES);
    this.ui = buildView(root);
    this.finder = new Finder(() => this.source, this.describer, () => this.limit, {
      searching: () => this.searching(),
      found: (found, from) => this.found(found, from),
      failed: (error) => this.failed(error),
    });
    this.options = new Options(this.ui.input, this.ui.options);
    this.suggester = new Suggester(() => this.source, this.describer, (suggestions) => this.suggested(suggestions));
    this.facets = new Facets(this.ui.facets, (field, value) => void this.refine(toggled(this.filter, field, value)));
    this.listen();
  }

  connectedCallback(): void {
    this.label();
    const question = this.getAttribute('query');
    if (question && !this.result) void this.search(question);
  }

  disconnectedCallback(): void {
    this.suggester.stop();
    this.finder.stop();
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.label();
  }

  /** What stands in the field. */
  get value(): string {
    return this.ui.input.value;
  }

  set value(value: string) {
    this.ui.input.value = value;
  }

  /** What was found last, with all pages fetched so far. */
  get result(): Found | undefined {
    return this.finder.result;
  }

  /** Asks as the person would; resolves when the answer is shown. Nothing takes the results away. */
  async search(question: string): Promise<void> {
    this.value = question;
    this.suggester.stop();
    this.options.hide();
    if (question.trim()) return this.finder.ask(question.trim());
    this.clear();
  }

  /** Searches by a filter instead of words. */
  refine(filter: Filter): Promise<void> {
    return this.finder.refine(filter);
  }

  clear(): void {
    this.value = '';
    this.finder.clear();
    this.problem = undefined;
    this.render();
  }

  override focus(options?: FocusOptions): void {
    this.ui.input.focus(options);
  }

  private get source(): Source {
    return { endpoint: this.getAttribute('endpoint') ?? '', key: this.getAttribute('key') ?? '', catalogue: this.getAttribute('catalogue') ?? '' };
  }

  private get limit(): number {
    const wanted = Math.trunc(Number(this.getAttribute('limit')));
    return wanted >= 1 && wanted <= PAGE_ITEMS_MAX ? wanted : PAGE_ITEMS;
  }

  private get filter(): Filter {
    return this.result?.filter ?? {};
  }

  /** The catalogue's label of a field, or the page's own. */
  private nameOf(field: string, label: string): string {
    return labelsOf(this.getAttribute('labels'))[field] ?? label;
  }

  private get currency(): string {
    return this.describer.description?.currency ?? '';
  }

  private get language(): Language {
    return languageOf(this.getAttribute('lang'), this.closest('[lang]')?.getAttribute('lang'), navigator.language);
  }

  private text(key: Text, values?: Values): string {
    return text(this.language, key, values);
  }

  private number(count: number): string {
    return new Intl.NumberFormat(this.language).format(count);
  }

  private listen(): void {
    const { form, input, refine, facets, cards, more } = this.ui;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.search(this.value);
    });
    input.addEventListener('keydown', (event) => this.options.key(event));
    input.addEventListener('input', () => {
      this.options.unmark();
      this.suggester.typed(this.value);
    });
    input.addEventListener('blur', () => {
      this.suggester.stop();
      this.options.hide();
    });
    refine.addEventListener('click', () => refine.setAttribute('aria-expanded', String(facets.toggleAttribute('data-open'))));
    cards.addEventListener('click', (event) => this.select(event));
    more.addEventListener('click', () => void this.finder.more());
  }

  private suggested({ values, items }: Suggestions): void {
    if (this.shadowRoot!.activeElement !== this.ui.input) return;
    const ofValues = values.map(({ field, label, value, count, query }): Option => ({
      text: value, label: this.nameOf(field, label), count: this.number(count), choose: () => void this.search(query),
    }));
    const ofItems = items.map((item): Option => ({ text: this.describer.titleOf(item), label: this.dayOf(item), count: '', choose: () => this.go(item) }));
    this.options.show([...ofValues, ...ofItems]);
  }

  private dayOf(item: Item): string {
    const field = this.describer.description?.fields.find(({ kind }) => kind === 'date');
    return field ? moment(String(item.fields[field.name] ?? ''), this.language) : '';
  }

  /** To the thing itself; where things have no page of their own, to what has its title. */
  private go(item: Item): void {
    const address = linkTo(this.getAttribute('link') ?? '', item.key, document.baseURI);
    if (!address) void this.search(this.describer.titleOf(item));
    else if (this.offer(item)) location.assign(address);
  }

  private offer(item: Item): boolean {
    return this.tell('fragua-select', { key: item.key, fields: item.fields });
  }

  /** A page that shows a thing by itself, without loading another, prevents the event's default. */
  private select(event: MouseEvent): void {
    const link = (event.target as HTMLElement).closest<HTMLElement>('[data-key]');
    // A modifier wants another tab or window: that is the browser's.
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const item = this.result?.items.find(({ key }) => key === link.dataset.key);
    if (item && !this.offer(item)) event.preventDefault();
  }

  private searching(): void {
    this.problem = undefined;
    this.ui.frame.setAttribute('aria-busy', 'true');
    this.ui.problem.hidden = true;
    this.ui.status.textContent = this.text('searching');
  }

  private found(found: Found, from: number): void {
    this.render(from);
    if (from > 0) this.ui.cards.children[from]?.querySelector<HTMLElement>('a')?.focus();
    else this.tell('fragua-search', { query: this.value, filter: found.filter, total: found.total, not_understood: found.not_understood });
  }

  private failed(error: ServerError): void {
    this.problem = error;
    this.render();
    this.tell('fragua-error', { status: error.status, message: error.message });
  }

  private label(): void {
    const { input, submit, options, refineLabel, facets, chips, cards, more } = this.ui;
    input.placeholder = this.getAttribute('placeholder') || this.text('placeholder');
    submit.textContent = this.text('search');
    refineLabel.textContent = this.text('refine');
    more.textContent = this.text('more');
    const labels: [HTMLElement, Text][] = [[input, 'label'], [options, 'suggestions'], [facets, 'refine'], [chips, 'refine'], [cards, 'results']];
    for (const [element, label] of labels) element.setAttribute('aria-label', this.text(label));
    this.ui.frame.lang = this.language;
    this.render();
  }

  /** Shows what there is to show; the first `kept` cards stay as they are. */
  private render(kept = 0): void {
    const found = this.result;
    const { frame, body, status, problem } = this.ui;
    frame.setAttribute('aria-busy', String(this.finder.busy));
    problem.hidden = !this.problem;
    problem.replaceChildren(...(this.problem ? this.explained(this.problem) : []));
    // What was found before is no answer to the question that failed.
    body.hidden = !found || Boolean(this.problem);
    status.textContent = found && !this.problem ? this.summary(found) : '';
    const shown = this.problem ? undefined : found;
    this.renderNotes(shown);
    this.renderChips(shown);
    if (shown) this.renderBody(shown, kept);
  }

  private summary(found: Found): string {
    if (found.total === 0) return `${this.text('none')} ${this.text('none_advice')}`;
    const { one, many } = this.words();
    return this.text('count', { count: this.number(found.total), words: found.total === 1 ? one : many });
  }

  /** The catalogue's own words are in its language; a page in another language says "results". */
  private words(): { one: string; many: string } {
    const words = this.describer.description?.words;
    const speaks = this.language === 'es' && words?.one && words.many;
    return speaks ? words : { one: this.text('items_one'), many: this.text('items_many') };
  }

  private renderNotes(found: Found | undefined): void {
    const notes: string[] = [];
    if (found?.not_understood.length) notes.push(this.text('not_understood', { words: list(found.not_understood, this.language) }));
    for (const { words, values } of found ? readings(found) : []) notes.push(this.text('understood', { words, value: values.join(', ') }));
    this.ui.notes.replaceChildren(...notes.map((each) => {
      const note = make('p', 'note');
      note.textContent = each;
      return note;
    }));
  }

  private renderChips(found: Found | undefined): void {
    const parts = found ? partsOf(found.filter) : [];
    this.ui.chips.hidden = parts.length === 0;
    this.ui.chips.replaceChildren(...parts.map((each) => {
      const name = part(each, this.currency, this.language);
      const chip = make('button', 'chip', { type: 'button', 'aria-label': this.text('remove', { part: name }) });
      chip.textContent = name;
      chip.addEventListener('click', () => {
        this.focus();
        void this.refine(removed(this.filter, each));
      });
      const made = make('li', 'chip-item');
      made.append(chip);
      return made;
    }));
  }

  private renderBody(found: Found, kept: number): void {
    const { cards, more } = this.ui;
    const show = (this.getAttribute('show') ?? '').split(/\s+/).filter(Boolean);
    const options = { description: this.describer.description!, language: this.language, link: this.getAttribute('link') ?? '', show };
    while (cards.childElementCount > kept) cards.lastElementChild!.remove();
    cards.append(...found.items.slice(kept).map((item) => card(item, options)));
    more.hidden = found.items.length >= found.total;
    this.facets.show(found.facets.map((facet) => ({ ...facet, label: this.nameOf(facet.field, facet.label) })), found.filter, this.language);
  }

  private explained(error: ServerError): HTMLElement[] {
    const told = make('p', 'error-text');
    told.textContent = this.explain(error);
    const again = make('button', 'again', { type: 'button' });
    again.textContent = this.text('again');
    again.addEventListener('click', () => void this.finder.again());
    return [told, again];
  }

  private explain(error: ServerError): string {
    switch (error.status) {
      case 0: case 502: case 504: return this.text('unreachable');
      case 200: return this.text('broken');
      case 400: case 422: return this.text('refused', { message: error.message });
      case 401: return this.text('unauthorized');
      case 403: return this.text('forbidden');
      case 404: return this.text('not_found');
      case 429: return error.retryAfterS ? this.text('too_many', { seconds: error.retryAfterS }) : this.text('busy');
      case 503: return this.text('busy');
      default: return this.text('failed', { status: error.status });
    }
  }

  /** False when the page prevented what would happen next. */
  private tell(name: 'fragua-search' | 'fragua-select' | 'fragua-error', detail: object): boolean {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: name === 'fragua-select' }));
  }
}

/** {"city": "Town"}; what is no such thing names nothing. */
function labelsOf(attribute: string | null): Record<string, string> {
  try {
    return (JSON.parse(attribute || '{}') as Record<string, string> | null) ?? {};
  } catch {
    return {};
  }
}
