// The elements of the assistant, once, with the names by which a page styles them. No behaviour.
import { icon, make } from '../../shared/elements';

const SHAPES = {
  chat: 'M21 12a8 8 0 0 1-8 8H4l2-3a8 8 0 1 1 15-5Z',
  close: 'M6 6l12 12M18 6 6 18',
  clear: 'M4 20h4L19 9l-4-4L4 16v4Zm9-13 4 4',
  send: 'M12 19V5m-6 6 6-6 6 6',
  stop: 'M7 7h10v10H7Z',
};

function button(part: string, shape: keyof typeof SHAPES, type: 'button' | 'submit' = 'button'): HTMLButtonElement {
  const made = make('button', part, { type });
  made.append(icon(SHAPES[shape]));
  return made;
}

export function waiting(): HTMLElement {
  const dots = make('span', 'waiting', { 'aria-hidden': 'true' });
  for (let i = 0; i < 3; ++i) dots.append(document.createElement('i'));
  return dots;
}

export function buildPanel(root: ShadowRoot) {
  // An empty title: the host's own is the assistant's name, not a tip under the pointer.
  const frame = make('div', 'frame', { title: '' });
  const launcher = button('launcher', 'chat');
  launcher.setAttribute('aria-haspopup', 'dialog');
  const panel = make('section', 'panel', { role: 'dialog', 'aria-labelledby': 'title' });
  const header = make('header', 'header');
  const title = make('h2', 'title', { id: 'title' });
  const clear = button('clear icon', 'clear');
  const close = button('close icon', 'close');
  // Silent while it grows: the announcer below says what is complete.
  const messages = make('div', 'messages', { role: 'log', 'aria-live': 'off', tabindex: '0' });
  const announcer = make('div', 'announcer away', { role: 'status', 'aria-live': 'polite' });
  const form = make('form', 'form');
  const input = make('textarea', 'input', { rows: '1', autocomplete: 'off' });
  const send = button('send', 'send', 'submit');
  const stop = button('stop', 'stop');
  header.append(title, clear, close);
  form.append(input, send, stop);
  panel.append(header, messages, announcer, form);
  frame.append(launcher, panel);
  root.append(frame);
  return { launcher, panel, title, clear, close, messages, announcer, form, input, send, stop };
}

export type Panel = ReturnType<typeof buildPanel>;
