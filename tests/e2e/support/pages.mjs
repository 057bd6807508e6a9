// Every page that the app has, and what tells that it is there. Read by the accessibility, width and screenshot suites.
const HEADING = { level: 1 };

const SETTINGS = ['general', 'account', 'keys', 'sessions', 'data'];
const ADMINISTRATION = ['users', 'groups', 'audit', 'settings', 'backup'];

/** Pages of a signed-in administrator: a name, and the path for places that exist (`id` is a conversation, `share` a shared one). */
export const PAGES = [
  ['new-chat', () => '/'],
  ['conversation', ({ id }) => `/c/${id}`],
  ['temporary', () => '/temporary'],
  ['compare', () => '/compare'],
  ['shared', ({ share }) => `/shared/${share}`],
  ['models', () => '/models'],
  ['documents', () => '/documents'],
  ['collection', ({ collection }) => `/documents/${collection}`],
  ['ask', ({ collection }) => `/documents/${collection}?view=ask`],
  ['passages', ({ collection }) => `/documents/${collection}?view=passages`],
  ...SETTINGS.map((section) => [`settings-${section}`, () => `/settings/${section}`]),
  ...ADMINISTRATION.map((section) => [`administration-${section}`, () => `/administration/${section}`]),
  ['dashboard', () => '/dashboard'],
  ['reference', () => '/reference'],
  ['not-found', () => '/nowhere'],
];

/** What stands on a page when it is complete: no skeleton, a heading, nothing on its way. */
export async function settled(page) {
  await page.getByRole('heading', HEADING).first().waitFor({ state: 'attached' });
  await page.waitForFunction(() => !document.querySelector('.skeleton, [aria-busy="true"]'));
  await page.evaluate(() => document.fonts.ready.then(() => {}));
}

/** A conversation with some of everything that an answer can hold. */
export const RICH = `# Rivers

The **Ebro** and the *Tajo*, with \`code\`, ~~strokes~~ and [a link](https://example.com/a).

| river | km |
|---|---:|
| Tajo | 1007 |
| Ebro | 930 |

1. one
2. two
   - inside

- [x] done
- [ ] open

> A quote.

Inline $e^{i\\pi}+1=0$ and displayed:

$$\\int_0^1 x^2\\,dx = \\tfrac13$$

\`\`\`python
def area(radius: float) -> float:
    """Of a circle."""
    return 3.14159 * radius ** 2  # a long line that must scroll inside its box and never make the page itself any wider than it is
\`\`\`

https://example.com/a/very/long/address/that/never/ends/${'abcdefghij'.repeat(12)}
`;

export async function richConversation(person) {
  const messages = [
    { id: 'a', parent_id: '', role: 'user', content: 'Tell me about rivers, please: everything that you know.' },
    { id: 'b', parent_id: 'a', role: 'assistant', content: RICH, model: 'smollm2', thinking: 'Which rivers? Those of Spain.' },
    { id: 'c', parent_id: 'b', role: 'user', content: 'And now?' },
    { id: 'd', parent_id: 'c', role: 'assistant', content: 'It broke.', model: 'smollm2', status: 'stopped' },
  ];
  const title = 'Rivers of the Iberian peninsula and what is known about them';
  await person.call('POST', '/api/v1/conversations/import', [{ title, model: 'smollm2', tags: ['water', 'geography'], folder: 'Notes', pinned: true, messages, current_message_id: 'd' }]);
  const { conversations } = await person.call('GET', '/api/v1/conversations?search=Iberian');
  const { id } = conversations[0];
  const { share_id: share } = await person.call('POST', `/api/v1/conversations/${id}/share`);
  const name = 'Manuals of the ticket shop and everything else that was ever written about it';
  const { collections } = await person.call('GET', '/api/v1/collections');
  const { id: collection } = collections.find((one) => one.name === name) ?? (await person.call('POST', '/api/v1/collections', { name }));
  return { id, share, collection };
}
