// The elements of the search, once, with the names by which a page styles them. No behaviour.
import { icon, make } from '../../shared/elements';

const GLASS = 'M20 20l-4-4m2-6a7 7 0 1 1-14 0 7 7 0 0 1 14 0Z';
const SLIDERS = 'M4 7h9m5 0h2M4 17h3m5 0h8M15 5v4M9 15v4';

export function buildView(root: ShadowRoot) {
  const frame = make('div', 'frame');
  const form = make('form', 'form', { role: 'search' });
  const input = make('input', 'input', {
    type: 'search', role: 'combobox', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', enterkeyhint: 'search', maxlength: '400',
    'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': 'options',
  });
  const submit = make('button', 'submit', { type: 'submit' });
  const options = make('ul', 'options', { id: 'options', role: 'listbox' });
  const status = make('p', 'status', { role: 'status' });
  const problem = make('div', 'error', { role: 'alert' });
  const notes = make('div', 'notes', { role: 'status' });
  const chips = make('ul', 'chips');
  const body = make('div', 'body');
  const side = make('div', 'side');
  const refine = make('button', 'refine', { type: 'button', 'aria-expanded': 'false', 'aria-controls': 'facets' });
  const facets = make('div', 'facets', { id: 'facets', role: 'group' });
  const main = make('div', 'main');
  const cards = make('ul', 'cards');
  const more = make('button', 'more', { type: 'button' });
  const refineLabel = make('span', 'refine-label');
  const field = make('div', 'field');
  field.append(icon(GLASS), input);
  form.append(field, submit, options);
  refine.append(icon(SLIDERS), refineLabel);
  side.append(refine, facets);
  main.append(cards, more);
  body.append(side, main);
  frame.append(form, problem, status, notes, chips, body);
  options.hidden = problem.hidden = body.hidden = more.hidden = true;
  root.append(frame);
  return { frame, form, input, submit, options, status, problem, notes, chips, body, refine, refineLabel, facets, cards, more };
}

export type View = ReturnType<typeof buildView>;
