import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import './index';
import type { FraguaChat } from './fragua_chat';

/** A server whose answer the test pushes piece by piece. */
class FakeServer {
  bodies: { model: string; messages: { role: string; content: string }[] }[] = [];
  private controller!: ReadableStreamDefaultController<Uint8Array>;
  private arrived!: () => void;
  asked = new Promise<void>((resolve) => (this.arrived = resolve));

  fetch = async (_address: string, init: RequestInit): Promise<Response> => {
    this.bodies.push(JSON.parse(init.body as string));
    const body = new ReadableStream<Uint8Array>({ start: (controller) => { this.controller = controller; } });
    init.signal!.addEventListener('abort', () => this.controller.error(new DOMException('stopped', 'AbortError')));
    this.arrived();
    this.asked = new Promise<void>((resolve) => (this.arrived = resolve));
    return new Response(body);
  };

  say(content: string): void {
    this.push(`data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`);
  }

  end(reason = 'stop'): void {
    this.push(`data: ${JSON.stringify({ choices: [{ delta: {}, finish_reason: reason }] })}\n\ndata: [DONE]\n\n`);
    this.controller.close();
  }

  cut(): void {
    this.controller.close();
  }

  private push(text: string): void {
    this.controller.enqueue(new TextEncoder().encode(text));
  }
}

let server: FakeServer;
let chat: FraguaChat;

function create(attributes: Record<string, string> = {}): FraguaChat {
  const made = document.createElement('fragua-chat');
  for (const [name, value] of Object.entries({ model: 'm', lang: 'en', ...attributes })) made.setAttribute(name, value);
  document.body.append(made);
  return made;
}

const part = <T extends HTMLElement = HTMLElement>(name: string): T => chat.shadowRoot!.querySelector<T>(`[part~="${name}"]`)!;
const shown = (name: string) => !part(name).hidden && !part(name).closest('[hidden]');
const next = (name: string) => new Promise<CustomEvent>((resolve) => chat.addEventListener(name, (event) => resolve(event as CustomEvent), { once: true }));
const bubbles = () => [...chat.shadowRoot!.querySelectorAll('.message')].map((element) => element.textContent);

function type(text: string): void {
  part<HTMLTextAreaElement>('input').value = text;
  part('input').dispatchEvent(new Event('input'));
  part('input').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
}

async function ask(question: string, ...pieces: string[]): Promise<void> {
  const asked = server.asked;
  type(question);
  await asked;
  for (const piece of pieces) server.say(piece);
}

async function answered(question: string, ...pieces: string[]): Promise<void> {
  await ask(question, ...pieces);
  const ended = next('fragua-message');
  server.end();
  await ended;
}

beforeEach(() => {
  server = new FakeServer();
  vi.stubGlobal('fetch', server.fetch);
  chat = create();
});
afterEach(() => {
  chat.remove();
  vi.unstubAllGlobals();
});

describe('opening', () => {
  it('starts closed, opens with its button and takes the focus to the field', () => {
    expect([shown('launcher'), shown('panel')]).toEqual([true, false]);
    const opened = vi.fn();
    document.body.addEventListener('fragua-open', opened, { once: true });
    part('launcher').click();
    expect([shown('launcher'), shown('panel'), chat.open]).toEqual([false, true, true]);
    expect(chat.shadowRoot!.activeElement).toBe(part('input'));
    expect(opened.mock.calls[0]![0].detail).toEqual({ open: true });
  });
  it('closes with Esc and gives the focus back to its button', () => {
    chat.show();
    part('input').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    expect(chat.open).toBe(false);
    expect(chat.shadowRoot!.activeElement).toBe(part('launcher'));
  });
  it('leaves the focus alone when the page opens it by its attribute', () => {
    chat.setAttribute('open', '');
    expect(shown('panel')).toBe(true);
    expect(chat.shadowRoot!.activeElement).toBeNull();
  });
});

describe('a question', () => {
  it('is answered piece by piece, kept, and sent along with the next one', async () => {
    chat.setAttribute('system', 'Be brief.');
    await answered('hello', 'Hi ', '**you**');
    expect(bubbles()).toEqual(['You: hello', 'Hi you']);
    expect(chat.shadowRoot!.querySelector('.assistant strong')!.textContent).toBe('you');
    await answered('more', 'ok');
    expect(server.bodies[1]).toMatchObject({
      model: 'm',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'hello' },
        { role: 'assistant', content: 'Hi **you**' },
        { role: 'user', content: 'more' },
      ],
    });
    expect(chat.messages).toHaveLength(4);
    expect([localStorage.length, sessionStorage.length, document.cookie]).toEqual([0, 0, '']);
  });
  it('is told by events, the question first', async () => {
    const told: unknown[] = [];
    chat.addEventListener('fragua-message', (event) => told.push((event as CustomEvent).detail));
    await answered('hello', 'Hi');
    expect(told).toEqual([{ role: 'user', content: 'hello' }, { role: 'assistant', content: 'Hi', stopped: false }]);
  });
  it('needs words, and waits for the answer before', async () => {
    type('   ');
    expect(server.bodies).toHaveLength(0);
    await ask('one', 'a');
    type('two');
    expect(server.bodies).toHaveLength(1);
    expect(part<HTMLTextAreaElement>('input').value).toBe('two');
  });
  it('says each complete block once to screen readers', async () => {
    await answered('hello', 'One\n\nTw', 'o');
    expect([...part('announcer').querySelectorAll('p')].map((said) => said.textContent)).toEqual(['One', 'Two']);
    expect(part('messages').getAttribute('aria-busy')).toBe('false');
  });
  it('does not send while an input method composes', () => {
    part<HTMLTextAreaElement>('input').value = 'に';
    part('input').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true }));
    expect(server.bodies).toHaveLength(0);
  });
});

describe('stop', () => {
  it('keeps what came and says so', async () => {
    chat.show();
    await ask('long', 'Once upon');
    await vi.waitFor(() => expect(bubbles()[1]).toBe('Once upon'));
    expect([shown('stop'), shown('send')]).toEqual([true, false]);
    const ended = next('fragua-message');
    part('stop').click();
    expect((await ended).detail).toEqual({ role: 'assistant', content: 'Once upon', stopped: true });
    expect(part('note').textContent).toBe('Stopped.');
    expect([shown('stop'), shown('send')]).toEqual([false, true]);
  });
  it('gives the question back when nothing had come', async () => {
    await ask('long');
    chat.stop();
    await vi.waitFor(() => expect(part<HTMLTextAreaElement>('input').value).toBe('long'));
    expect(bubbles()).toEqual([]);
    expect(chat.messages).toEqual([]);
  });
});

describe('errors', () => {
  const refuse = (status: number, headers = {}) => vi.stubGlobal('fetch', async () => new Response('{"error":{"message":"no"}}', { status, headers }));
  it('say what to do, and give the question back', async () => {
    for (const [status, told] of [[401, 'not signed in'], [403, 'may not use'], [404, 'not set up'], [503, 'busy'], [500, '(500)']] as const) {
      refuse(status);
      const failed = next('fragua-error');
      type('hello');
      expect((await failed).detail).toEqual({ status, message: 'no' });
      expect(part('error').textContent).toContain(told);
      expect(part('error').getAttribute('role')).toBe('alert');
      expect(part<HTMLTextAreaElement>('input').value).toBe('hello');
    }
    refuse(429, { 'Retry-After': '9' });
    const failed = next('fragua-error');
    type('hello');
    await failed;
    expect(part('error').textContent).toContain('9 s');
    expect(chat.messages).toEqual([]);
  });
  it('keep what came before an answer broke off', async () => {
    await ask('hello', 'half');
    const failed = next('fragua-error');
    server.cut();
    expect((await failed).detail.status).toBe(200);
    expect(bubbles()).toEqual(['You: hello', 'half']);
  });
});

describe('the rest', () => {
  it('speaks Spanish and English, and changes while it stands there', () => {
    expect(part('input').getAttribute('aria-label')).toBe('Your message');
    chat.setAttribute('lang', 'es-MX');
    expect(part('input').getAttribute('aria-label')).toBe('Tu mensaje');
    expect(part('empty').textContent).toBe('¿En qué puedo ayudarte?');
    chat.setAttribute('title', 'Tienda');
    expect(part('title').textContent).toBe('Tienda');
    expect(part('launcher').getAttribute('aria-label')).toBe('Abrir el chat: Tienda');
  });
  it('forgets everything when cleared, also an answer that still runs', async () => {
    await ask('one', 'a');
    chat.clear();
    await answered('two', 'b');
    expect(bubbles()).toEqual(['You: two', 'b']);
    expect(chat.messages.map((message) => message.content)).toEqual(['two', 'b']);
  });
  it('says when an answer was cut', async () => {
    await ask('long', 'a');
    const ended = next('fragua-message');
    server.end('length');
    await ended;
    expect(part('note').textContent).toContain('maximum length');
  });
  it('stops computing when it leaves the page', async () => {
    await ask('long', 'a');
    const ended = next('fragua-message');
    chat.remove();
    expect((await ended).detail.stopped).toBe(true);
  });
});
