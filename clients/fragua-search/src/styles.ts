// The looks. Custom properties of the page's own are the theme; ::part() reaches what they do not.

const LIGHT = `
  --surface: var(--fragua-search-surface, #ffffff);
  --ink: var(--fragua-search-ink, #211e1a);
  --soft: var(--fragua-search-soft, #5f584e);
  --line: var(--fragua-search-line, #e3ded5);
  --sunken: var(--fragua-search-sunken, #f4f2ee);
  --accent: var(--fragua-search-accent, #b8430c);
  --accent-ink: var(--fragua-search-accent-ink, #ffffff);
  --danger: var(--fragua-search-danger, #b3261e);
  color-scheme: light;`;

const DARK = `
  --surface: var(--fragua-search-surface, #221f1c);
  --ink: var(--fragua-search-ink, #ece7df);
  --soft: var(--fragua-search-soft, #ada497);
  --line: var(--fragua-search-line, #45403a);
  --sunken: var(--fragua-search-sunken, #2f2b27);
  --accent: var(--fragua-search-accent, #fb8c3c);
  --accent-ink: var(--fragua-search-accent-ink, #1f1206);
  --danger: var(--fragua-search-danger, #ff8f84);
  color-scheme: dark;`;

export const STYLES = `
:host {
  display: block; container-type: inline-size;
  font: var(--fragua-search-font, 16px/1.5 system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif);
}
:host([hidden]) { display: none; }
/* Not on the host: there a page's own --accent would be one and the same property. */
.frame { ${LIGHT}
  --radius: var(--fragua-search-radius, 14px);
  color: var(--ink);
}
:host([theme='dark']) .frame { ${DARK} }
@media (prefers-color-scheme: dark) { :host(:not([theme='light'])) .frame { ${DARK} } }

*, ::before, ::after { box-sizing: border-box; }
[hidden] { display: none !important; }
button { font: inherit; color: inherit; cursor: pointer; border: 0; background: none; }
p, ul, h3, fieldset { margin: 0; padding: 0; border: 0; }
ul { list-style: none; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
svg { width: 20px; height: 20px; flex: none; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; display: block; }

.form { position: relative; display: flex; gap: 8px; padding: 6px; border: 1px solid var(--line); border-radius: var(--radius); background: var(--surface); box-shadow: var(--fragua-search-shadow, none); }
.form:focus-within { border-color: var(--accent); }
.field { flex: 1; min-width: 0; display: flex; align-items: center; gap: 10px; padding-left: 10px; color: var(--soft); }
.input { flex: 1; min-width: 0; padding: 10px 0; border: 0; outline: 0; background: none; font: inherit; color: var(--ink); appearance: none; }
.input::placeholder { color: var(--soft); opacity: 1; }
.submit { flex: none; padding: 10px 20px; border-radius: calc(var(--radius) - 5px); background: var(--accent); color: var(--accent-ink); font-weight: 600; }

.options { position: absolute; z-index: 20; inset: calc(100% + 6px) 0 auto 0; max-height: 340px; overflow-y: auto; padding: 6px; border: 1px solid var(--line); border-radius: var(--radius); background: var(--surface); box-shadow: 0 12px 32px rgb(0 0 0 / 18%); text-align: left; }
.option { display: flex; align-items: baseline; gap: 10px; padding: 9px 12px; border-radius: calc(var(--radius) - 6px); cursor: pointer; }
.option:hover, .option[aria-selected='true'] { background: var(--sunken); }
.option[aria-selected='true'] { box-shadow: inset 3px 0 0 var(--accent); }
.option-value { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.option-label, .option-count { font-size: 0.85em; color: var(--soft); }
.option-count { min-width: 2.5em; text-align: right; font-variant-numeric: tabular-nums; }

.status { margin-top: 18px; font-weight: 600; }
.status:empty { display: none; }
.error { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 16px; margin-top: 18px; padding: 14px 16px; border: 1px solid var(--danger); border-radius: var(--radius); background: var(--surface); color: var(--danger); text-align: left; }
.error-text { flex: 1 1 16em; }
.again, .more { padding: 9px 18px; border: 1px solid var(--line); border-radius: calc(var(--radius) - 5px); background: var(--surface); color: var(--ink); font-weight: 600; }
.note { margin-top: 6px; color: var(--soft); }
.chips { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 12px; }
.chip { padding: 5px 12px; border-radius: 999px; background: var(--sunken); font-size: 0.93em; border: 1px solid var(--line); }
.chip::after { content: '×'; margin-left: 8px; color: var(--soft); }
.chip:hover { border-color: var(--accent); }

.body { display: grid; grid-template-columns: 220px minmax(0, 1fr); gap: 28px; margin-top: 18px; text-align: left; transition: opacity 0.15s; }
[aria-busy='true'] .body { opacity: 0.5; }
.refine { display: none; align-items: center; gap: 8px; width: 100%; justify-content: center; padding: 9px 16px; border: 1px solid var(--line); border-radius: calc(var(--radius) - 5px); background: var(--surface); }
.facet { margin-bottom: 20px; min-width: 0; }
.facet-label { padding: 0 0 6px; font-size: 0.85em; font-weight: 600; color: var(--soft); }
.facet-label::first-letter { text-transform: uppercase; }
.facet-value { display: flex; align-items: center; gap: 9px; padding: 4px 0; cursor: pointer; }
.facet-box { width: 17px; height: 17px; margin: 0; flex: none; accent-color: var(--accent); }
.facet-name { flex: 1; min-width: 0; overflow-wrap: anywhere; }
.facet-count { font-size: 0.85em; color: var(--soft); font-variant-numeric: tabular-nums; }
.facet-fold { padding: 5px 0; color: var(--accent); font-size: 0.93em; }
.facet-fold:hover { text-decoration: underline; }

.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 250px), 1fr)); gap: 16px; }
.card { position: relative; display: flex; flex-direction: column; gap: 5px; padding: 18px; border: 1px solid var(--line); border-radius: var(--radius); background: var(--surface); }
.card:has(.card-link):hover { border-color: var(--accent); }
.card-tag { align-self: flex-start; padding: 1px 10px; border-radius: 999px; background: var(--sunken); font-size: 0.82em; color: var(--soft); }
.card-title { font-size: 1.06em; line-height: 1.3; font-weight: 650; overflow-wrap: anywhere; }
.card-link { color: inherit; text-decoration: none; }
.card-link::after { content: ''; position: absolute; inset: 0; border-radius: inherit; }
.card:has(.card-link:focus-visible) { outline: 2px solid var(--accent); outline-offset: 2px; }
.card-link:focus-visible { outline: 0; }
.card-date { font-size: 0.93em; }
.card-details, .card-text { font-size: 0.93em; color: var(--soft); }
.card-text { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
.card-price { margin-top: auto; padding-top: 6px; font-weight: 650; }
.more { display: block; margin: 20px auto 0; }
.more:hover, .again:hover { border-color: var(--accent); }

@container (max-width: 700px) {
  .body { grid-template-columns: minmax(0, 1fr); gap: 16px; }
  .refine { display: flex; }
  .facets { display: none; padding-top: 16px; }
  .facets[data-open] { display: block; }
}
@container (max-width: 420px) { .submit { padding: 10px 14px; } .field { padding-left: 6px; } }
@media (prefers-reduced-motion: reduce) { .body { transition: none; } }
`;
