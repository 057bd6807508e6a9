// The address bar is the app's state: every page has a path, back and forward work, links are plain <a href>.

export interface Route {
  page: string;
  params: Record<string, string>;
}

/** `/c/:id` against `/c/42` gives {id: "42"}; undefined when it does not match. */
export function match(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/').filter(Boolean);
  const given = path.split('/').filter(Boolean);
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const value = given[i] ?? '';
    if (part.startsWith(':')) {
      try {
        params[part.slice(1)] = decodeURIComponent(value);
      } catch {
        return undefined;
      }
    } else if (part !== value) return undefined;
  }
  return params;
}

export const PAGES: [pattern: string, page: string][] = [
  ['/', 'chat'],
  ['/c/:id', 'chat'],
  ['/temporary', 'temporary'],
  ['/compare', 'compare'],
  ['/shared/:id', 'shared'],
  ['/models', 'models'],
  ['/documents', 'documents'],
  ['/documents/:collection', 'collection'],
  ['/documents/:collection/:document', 'document'],
  ['/settings', 'settings'],
  ['/settings/:section', 'settings'],
  ['/administration', 'administration'],
  ['/administration/:section', 'administration'],
  ['/dashboard', 'dashboard'],
  ['/reference', 'reference'],
  ['/sign-up', 'sign-up'],
];

export function resolve(path: string): Route {
  for (const [pattern, page] of PAGES) {
    const params = match(pattern, path);
    if (params) return { page, params };
  }
  return { page: 'not-found', params: {} };
}

let path = $state(typeof location === 'undefined' ? '/' : location.pathname);
let query = $state(typeof location === 'undefined' ? '' : location.search);
const current = $derived(resolve(path));

function read(): void {
  path = location.pathname;
  query = location.search;
}

export const route = {
  get page(): string {
    return current.page;
  },
  get params(): Record<string, string> {
    return current.params;
  },
  get path(): string {
    return path;
  },
  get query(): URLSearchParams {
    return new URLSearchParams(query);
  },
};

export function go(to: string, options: { replace?: boolean } = {}): void {
  if (to === location.pathname + location.search) return;
  history[options.replace ? 'replaceState' : 'pushState'](null, '', to);
  read();
}

/** Makes links inside the app change the page without loading it again. */
export function startRouter(): void {
  addEventListener('popstate', read);
  addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest?.('a');
    if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
    if (link.hash && link.pathname === location.pathname) return;
    if (resolve(link.pathname).page === 'not-found') return;
    event.preventDefault();
    go(link.pathname + link.search);
  });
}
