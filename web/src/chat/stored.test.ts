import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Message } from '../api/types';
import { StoredThread } from './stored.svelte';

const settings = { model: 'm', system: '', parameters: {}, mode: 'conversation' as const };
const conversation = { id: 'c', title: '', ...settings, folder: '', tags: [], pinned: false, archived: false, created_at: '', updated_at: '', current_message_id: null, share_id: null, running_message_id: null };

function message(id: string, parent: string | null, role: 'user' | 'assistant', content: string, more: Partial<Message> = {}): Message {
  return { id, parent_id: parent, role, content, thinking: '', images: [], model: 'm', status: 'done', error: '', rating: 0, created_at: '', siblings: [id], figures: null, done_reason: 'stop', collections: [], sources: [], sufficient: null, ...more };
}
const sse = (...events: object[]) => new Response(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''));

type Answer = (body: unknown) => Response | object;
let asked: [string, unknown][];
let routes: Record<string, Answer>;

beforeEach(() => {
  asked = [];
  routes = {};
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const name = `${init.method} ${path}`;
    const body = init.body ? (JSON.parse(init.body as string) as unknown) : undefined;
    asked.push([name, body]);
    const answer = routes[name]?.(body) ?? { ...conversation };
    return answer instanceof Response ? answer : new Response(JSON.stringify(answer));
  });
});
afterEach(() => vi.unstubAllGlobals());

const exchange = (question: Message, answer: Message) =>
  sse({ type: 'message', message: question }, { type: 'answer', message: { ...answer, content: '', status: 'running' } }, { type: 'delta', content: answer.content }, { type: 'done', message: answer }, { type: 'title', title: 'A title' });

describe('StoredThread', () => {
  it('stores a new conversation with its first question, and says so', async () => {
    const created: string[] = [];
    const thread = new StoredThread(settings, (id) => created.push(id));
    routes['POST /api/v1/conversations/c/messages'] = () => exchange(message('q', null, 'user', 'hi'), message('a', 'q', 'assistant', 'hello'));
    await thread.send('hi', []);
    expect(created).toEqual(['c']);
    expect(asked.slice(0, 2)).toEqual([
      ['POST /api/v1/conversations', settings],
      ['POST /api/v1/conversations/c/messages', { parent_id: null, content: 'hi' }],
    ]);
    expect(thread.messages.map((m) => m.content)).toEqual(['hi', 'hello']);
    expect([thread.running, thread.live, thread.title]).toEqual([false, undefined, 'A title']);
  });

  it('rejects a question that was not taken, and keeps the branch', async () => {
    const thread = new StoredThread(settings);
    routes['POST /api/v1/conversations/c/messages'] = () => new Response('{"error":{"code":"busy","message":"full"}}', { status: 503 });
    await expect(thread.send('hi', [])).rejects.toMatchObject({ status: 503 });
    expect(thread.messages).toEqual([]);
    expect(thread.running).toBe(false);
  });

  it('stops an answer as soon as it has a name, when stop was pressed before', async () => {
    const thread = new StoredThread(settings);
    const answered = () => exchange(message('q', null, 'user', 'hi'), message('a', 'q', 'assistant', 'hello'));
    routes['POST /api/v1/conversations/c/messages'] = () => {
      void thread.stop();
      return answered();
    };
    routes['POST /api/v1/conversations/c/messages/a/stop'] = () => new Response(null, { status: 204 });
    await thread.send('hi', []);
    const stops = () => asked.filter(([name]) => name.endsWith('/stop')).length;
    expect(stops()).toBe(1);
    routes['POST /api/v1/conversations/c/messages'] = answered;
    await thread.send('and again', []);
    expect(stops()).toBe(1);
  });

  it('asks documents, again too when the question is edited', async () => {
    const thread = new StoredThread(settings);
    const question = message('q', null, 'user', 'hi', { collections: ['k'] });
    routes['POST /api/v1/conversations/c/messages'] = () => exchange(question, message('a', 'q', 'assistant', 'hello [1]', { sufficient: true }));
    await thread.send('hi', [], ['k']);
    await thread.edit(question, 'hey');
    const bodies = asked.filter(([name]) => name === 'POST /api/v1/conversations/c/messages').map(([, body]) => body);
    expect(bodies).toEqual([
      { parent_id: null, content: 'hi', collections: ['k'] },
      { parent_id: null, content: 'hey', collections: ['k'] },
    ]);
  });

  it('edits beside the old question', async () => {
    const thread = new StoredThread(settings);
    const [question, answer] = [message('q', null, 'user', 'hi'), message('a', 'q', 'assistant', 'hello')];
    routes['POST /api/v1/conversations/c/messages'] = () => exchange(question, answer);
    await thread.send('hi', []);
    routes['POST /api/v1/conversations/c/messages'] = () => exchange(message('q2', null, 'user', 'hey', { siblings: ['q', 'q2'] }), message('a2', 'q2', 'assistant', 'yes'));
    await thread.edit(question, 'hey');
    expect(thread.messages.map((m) => m.id)).toEqual(['q2', 'a2']);
  });

  it('saves what was changed before it asks again', async () => {
    const thread = new StoredThread(settings);
    routes['POST /api/v1/conversations/c/messages'] = () => exchange(message('q', null, 'user', 'hi'), message('a', 'q', 'assistant', 'hello'));
    await thread.send('hi', []);
    asked = [];
    thread.change({ parameters: { temperature: 0 } });
    routes['POST /api/v1/conversations/c/messages/q/answer'] = () => sse({ type: 'done', message: message('b', 'q', 'assistant', 'again') });
    await thread.regenerate(thread.messages[1]!);
    expect(asked.slice(0, 2)).toEqual([
      ['PATCH /api/v1/conversations/c', { parameters: { temperature: 0 } }],
      ['POST /api/v1/conversations/c/messages/q/answer', {}],
    ]);
    expect(thread.messages.map((m) => m.id)).toEqual(['q', 'b']);
  });

  it('reads on where an answer is when it is opened', async () => {
    const thread = new StoredThread(settings);
    routes['GET /api/v1/conversations/c'] = () => ({ ...conversation, title: 'Old', running_message_id: 'a' });
    routes['GET /api/v1/conversations/c/messages?limit=100'] = () => ({ messages: [message('q', null, 'user', 'hi'), message('a', 'q', 'assistant', 'he', { status: 'running' })], more: false });
    routes['GET /api/v1/conversations/c/messages/a/events'] = () => sse({ type: 'answer', message: message('a', 'q', 'assistant', 'hel', { status: 'running' }) }, { type: 'done', message: message('a', 'q', 'assistant', 'hello') });
    await thread.open('c');
    await vi.waitFor(() => expect(thread.messages.at(-1)?.content).toBe('hello'));
    expect(thread.title).toBe('Old');
  });
});
