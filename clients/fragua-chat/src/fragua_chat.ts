// <fragua-chat>: a floating assistant for any page. Ties the dialogue to the panel; see README.md for attributes, parts and events.
import { addStyles, make } from '../../shared/elements';
import { languageOf, type Language, type Values } from '../../shared/language';
import type { ServerError } from '../../shared/server';
import type { Message } from './completions';
import { Dialogue, type Ending } from './dialogue';
import { GrowingText } from './markdown';
import { buildPanel, waiting, type Panel } from './panel';
import { STYLES } from './styles';
import { text, type Text } from './texts';

const NEAR_END_PX = 40;

export class FraguaChat extends HTMLElement {
  static readonly observedAttributes = ['title', 'lang', 'open'];

  private readonly ui: Panel;
  private readonly dialogue: Dialogue;
  private question: HTMLElement | undefined;
  private answer: { element: HTMLElement; text: GrowingText; announced: number; latest: string } | undefined;
  private frame = 0;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    addStyles(root, STYLES);
    this.ui = buildPanel(root);
    this.dialogue = new Dialogue(
      () => ({ endpoint: this.getAttribute('endpoint') ?? '', key: this.getAttribute('key') ?? '', model: this.getAttribute('model') ?? '' }),
      () => this.getAttribute('system') ?? '',
      {
        asked: (question) => this.asked(question),
        grew: (answer) => this.grew(answer),
        ended: (answer, how) => this.ended(answer, how),
        failed: (error, question, answer) => this.failed(error, question, answer),
        withdrawn: (question) => this.giveBack(question),
      },
    );
    this.listen();
  }

  connectedCallback(): void {
    this.label();
    this.arrange();
  }

  disconnectedCallback(): void {
    this.dialogue.stop();
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (!this.isConnected) return;
    if (name !== 'open') return this.label();
    if ((before === null) === (now === null)) return;
    this.arrange();
    this.tell('fragua-open', { open: this.open });
  }

  get open(): boolean {
    return this.hasAttribute('open');
  }

  set open(open: boolean) {
    this.toggleAttribute('open', open);
  }

  /** A copy of the dialogue, which lives in memory only. */
  get messages(): Message[] {
    return this.dialogue.messages;
  }

  /** Opens and takes the focus, as the button does. The attribute alone leaves the focus where it is. */
  show(): void {
    this.open = true;
    this.ui.input.focus();
  }

  hide(): void {
    const held = this.shadowRoot!.activeElement !== null;
    this.open = false;
    if (held) this.ui.launcher.focus();
  }

  /** Asks as the person would; resolves when the answer has ended. */
  async send(question: string): Promise<void> {
    if (question.trim() && !this.dialogue.busy) await this.dialogue.ask(question.trim());
  }

  stop(): void {
    this.dialogue.stop();
  }

  /** Forgets the dialogue. */
  clear(): void {
    this.dialogue.clear();
    this.question = undefined;
    this.answer = undefined;
    this.ui.messages.replaceChildren();
    this.ui.announcer.replaceChildren();
    this.label();
    this.arrange();
  }

  private get language(): Language {
    return languageOf(this.getAttribute('lang'), this.closest('[lang]')?.getAttribute('lang'), navigator.language);
  }

  private text(key: Text, values?: Values): string {
    return text(this.language, key, values);
  }

  private listen(): void {
    const { launcher, panel, close, clear, form, input, stop } = this.ui;
    launcher.addEventListener('click', () => this.show());
    close.addEventListener('click', () => this.hide());
    clear.addEventListener('click', () => {
      this.clear();
      input.focus();
    });
    stop.addEventListener('click', () => this.stop());
    panel.addEventListener('keydown', (event) => this.keyDown(event));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
    });
    input.addEventListener('input', () => this.arrange());
    input.addEventListener('keydown', (event) => {
      // While an input method composes, Enter chooses a character.
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.submit();
    });
  }

  private keyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.stopPropagation();
    this.hide();
  }

  private submit(): void {
    const question = this.ui.input.value;
    if (!question.trim() || this.dialogue.busy) return;
    this.ui.input.value = '';
    void this.send(question);
  }

  private label(): void {
    const { launcher, title, clear, close, messages, input, send, stop } = this.ui;
    const name = this.getAttribute('title') || this.text('title');
    title.textContent = name;
    input.placeholder = this.text('placeholder');
    const labels: [HTMLElement, string][] = [
      [launcher, this.text('open', { title: name })], [clear, this.text('clear')], [close, this.text('close')], [messages, this.text('dialogue')],
      [input, this.text('question')], [send, this.text('send')], [stop, this.text('stop')],
    ];
    for (const [element, label] of labels) element.setAttribute('aria-label', label);
    const empty = messages.querySelector('.empty');
    if (empty) empty.textContent = this.text('empty');
    this.ui.panel.lang = this.language;
  }

  /** Shows what there is to show: open or not, busy or not, empty or not. */
  private arrange(): void {
    const { launcher, panel, messages, input, send, stop, clear } = this.ui;
    launcher.hidden = this.open;
    panel.hidden = !this.open;
    const busy = this.dialogue.busy;
    // The focus must not fall out of the panel with the button that held it.
    const held = this.shadowRoot!.activeElement;
    stop.hidden = !busy;
    send.hidden = busy;
    if (held === stop || held === send) input.focus();
    send.setAttribute('aria-disabled', String(!input.value.trim()));
    messages.setAttribute('aria-busy', String(busy));
    clear.hidden = messages.querySelector('.message') === null;
    if (messages.childElementCount === 0) messages.append(make('p', 'empty'));
    const empty = messages.querySelector('.empty');
    if (empty) empty.textContent = this.text('empty');
  }

  private asked(question: string): void {
    const { messages, announcer } = this.ui;
    messages.querySelectorAll('.empty, .error').forEach((element) => element.remove());
    announcer.textContent = this.text('answering');
    this.question = make('div', 'message user');
    const who = make('span', 'who away');
    who.textContent = `${this.text('you')}: `;
    this.question.append(who, question);
    const element = make('div', 'message assistant');
    element.append(waiting());
    this.answer = { element, text: new GrowingText(element), announced: 0, latest: '' };
    messages.append(this.question, element);
    this.arrange();
    messages.scrollTop = messages.scrollHeight;
    this.tell('fragua-message', { role: 'user', content: question });
  }

  private grew(content: string): void {
    if (!this.answer) return;
    this.answer.latest = content;
    // One picture a frame, however many pieces come. A page in the background has no frames; the end is painted without one.
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      if (this.answer && this.dialogue.busy) this.paint(this.answer.latest);
    });
  }

  private paint(content: string): void {
    const { messages } = this.ui;
    const follows = messages.scrollHeight - messages.scrollTop - messages.clientHeight < NEAR_END_PX;
    this.answer!.element.querySelector('.waiting')?.remove();
    this.answer!.text.show(content);
    this.announce(this.answer!.text.settled);
    if (follows) messages.scrollTop = messages.scrollHeight;
  }

  /** Says each block of the answer once, when it is complete. */
  private announce(upTo: number): void {
    const { answer, ui } = this;
    for (; answer && answer.announced < upTo; ++answer.announced) {
      const said = document.createElement('p');
      said.textContent = answer.element.childNodes[answer.announced]?.textContent ?? '';
      ui.announcer.append(said);
    }
  }

  private finish(content: string): void {
    this.paint(content);
    this.announce(this.answer!.element.childNodes.length);
  }

  private ended(content: string, how: Ending): void {
    this.finish(content);
    if (how !== 'done') this.note(how);
    this.arrange();
    this.tell('fragua-message', { role: 'assistant', content, stopped: how === 'stopped' });
  }

  private note(how: Exclude<Ending, 'done'>): void {
    const note = make('p', 'note');
    note.textContent = this.text(how);
    this.ui.messages.append(note);
    this.ui.messages.scrollTop = this.ui.messages.scrollHeight;
  }

  private failed(error: ServerError, question: string, content: string): void {
    if (content) this.finish(content);
    else this.giveBack(question);
    const told = make('p', 'error', { role: 'alert' });
    told.textContent = this.explain(error);
    this.ui.messages.append(told);
    this.ui.messages.scrollTop = this.ui.messages.scrollHeight;
    this.arrange();
    this.tell('fragua-error', { status: error.status, message: error.message });
  }

  /** Nothing came: the question goes back to where it can be sent again. */
  private giveBack(question: string): void {
    this.question?.remove();
    this.answer?.element.remove();
    this.question = undefined;
    this.answer = undefined;
    this.ui.announcer.replaceChildren();
    if (!this.ui.input.value) this.ui.input.value = question;
    this.arrange();
  }

  private explain(error: ServerError): string {
    switch (error.status) {
      case 0: return this.text('unreachable');
      case 200: return this.text('broken');
      case 401: return this.text('unauthorized');
      case 403: return this.text('forbidden');
      case 404: return this.text('not_found');
      case 429: return error.retryAfterS ? this.text('too_many', { seconds: error.retryAfterS }) : this.text('busy');
      case 503: return this.text('busy');
      default: return this.text('failed', { status: error.status });
    }
  }

  private tell(name: 'fragua-open' | 'fragua-message' | 'fragua-error', detail: object): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}
