// Colours for code. The highlighter and each language come when a text first needs them.
import type { LanguageFn } from 'highlight.js';

type Load = () => Promise<{ default: LanguageFn }>;

const LANGUAGES: Record<string, Load> = {
  bash: () => import('highlight.js/lib/languages/bash'),
  c: () => import('highlight.js/lib/languages/c'),
  cpp: () => import('highlight.js/lib/languages/cpp'),
  csharp: () => import('highlight.js/lib/languages/csharp'),
  css: () => import('highlight.js/lib/languages/css'),
  diff: () => import('highlight.js/lib/languages/diff'),
  dockerfile: () => import('highlight.js/lib/languages/dockerfile'),
  go: () => import('highlight.js/lib/languages/go'),
  ini: () => import('highlight.js/lib/languages/ini'),
  java: () => import('highlight.js/lib/languages/java'),
  javascript: () => import('highlight.js/lib/languages/javascript'),
  json: () => import('highlight.js/lib/languages/json'),
  kotlin: () => import('highlight.js/lib/languages/kotlin'),
  lua: () => import('highlight.js/lib/languages/lua'),
  makefile: () => import('highlight.js/lib/languages/makefile'),
  markdown: () => import('highlight.js/lib/languages/markdown'),
  php: () => import('highlight.js/lib/languages/php'),
  powershell: () => import('highlight.js/lib/languages/powershell'),
  python: () => import('highlight.js/lib/languages/python'),
  r: () => import('highlight.js/lib/languages/r'),
  ruby: () => import('highlight.js/lib/languages/ruby'),
  rust: () => import('highlight.js/lib/languages/rust'),
  sql: () => import('highlight.js/lib/languages/sql'),
  swift: () => import('highlight.js/lib/languages/swift'),
  typescript: () => import('highlight.js/lib/languages/typescript'),
  xml: () => import('highlight.js/lib/languages/xml'),
  yaml: () => import('highlight.js/lib/languages/yaml'),
};

const ALIASES: Record<string, string> = {
  sh: 'bash', shell: 'bash', zsh: 'bash', console: 'bash', 'c++': 'cpp', h: 'cpp', hpp: 'cpp', cc: 'cpp', cs: 'csharp', docker: 'dockerfile', golang: 'go',
  toml: 'ini', conf: 'ini', js: 'javascript', jsx: 'javascript', mjs: 'javascript', ts: 'typescript', tsx: 'typescript', jsonc: 'json', kt: 'kotlin', make: 'makefile',
  md: 'markdown', ps1: 'powershell', pwsh: 'powershell', py: 'python', python3: 'python', rb: 'ruby', rs: 'rust', html: 'xml', svg: 'xml', xhtml: 'xml', vue: 'xml',
  svelte: 'xml', yml: 'yaml', patch: 'diff', sqlite: 'sql', postgresql: 'sql',
};

// Beyond this a person scrolls, and colours cost more than they give.
const MAX_LENGTH = 60_000;

export function languageOf(label: string): string | undefined {
  const name = label.toLowerCase();
  const known = ALIASES[name] ?? name;
  return Object.hasOwn(LANGUAGES, known) ? known : undefined;
}

/** HTML of the code with classes hljs-*, its text escaped; undefined when the language is not known. */
export async function highlight(code: string, label: string): Promise<string | undefined> {
  const language = languageOf(label);
  if (!language || code.length > MAX_LENGTH) return undefined;
  const [{ default: core }, { default: definition }] = await Promise.all([import('highlight.js/lib/core'), LANGUAGES[language]!()]);
  if (!core.getLanguage(language)) core.registerLanguage(language, definition);
  return core.highlight(code, { language, ignoreIllegals: true }).value;
}
