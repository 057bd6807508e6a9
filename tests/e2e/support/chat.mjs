// What people do on the chat page, by the names that they see and hear.
import { eventually } from './waiting.mjs';

export class Chat {
  constructor(page) {
    this.page = page;
    this.field = page.getByRole('textbox', { name: 'Write a message' });
    this.send = page.getByRole('button', { name: 'Send', exact: true });
    this.stop = page.getByRole('button', { name: 'Stop', exact: true });
    this.questions = page.getByRole('article', { name: 'You', exact: true });
    this.answers = page.getByRole('article', { name: /^Answer/ });
    this.sidebar = page.getByRole('navigation', { name: 'Conversations' });
  }

  async choose(model) {
    const picker = this.page.getByRole('button', { name: /^Model: / });
    await picker.waitFor();
    if ((await picker.getAttribute('aria-label')) === `Model: ${model}`) return;
    await picker.click();
    await this.page.getByRole('option', { name: new RegExp(`^${model}\\b`) }).click();
    await this.page.getByRole('button', { name: `Model: ${model}`, exact: true }).waitFor();
  }

  async ask(question) {
    await this.field.fill(question);
    await this.send.click();
    await this.questions.filter({ hasText: question }).first().waitFor();
  }

  /** Until no answer is being written. */
  async ended() {
    await this.answers.last().waitFor();
    await eventually(async () => (await this.answers.last().getAttribute('aria-busy')) === 'false', 'the answer ends', 180_000);
  }

  async askAndWait(question) {
    const before = await this.answers.count();
    await this.ask(question);
    await eventually(async () => (await this.answers.count()) > before, 'an answer begins');
    await this.ended();
  }

  answer(n = -1) {
    return n < 0 ? this.answers.last() : this.answers.nth(n);
  }

  /** The words of an answer, without the name above and the buttons below. */
  async said(n = -1) {
    return (await this.answer(n).locator('.prose').innerText()).trim();
  }

  /** The answer has words, and more are coming. */
  async flowing() {
    await this.answers.last().waitFor();
    await eventually(async () => (await this.answer().innerText()).length > 40, 'words of the answer');
  }

  id() {
    return /\/c\/([^/?#]+)/.exec(this.page.url())?.[1];
  }

  async stored() {
    await eventually(() => this.id(), 'the conversation has an address');
    return this.id();
  }

  entry(title) {
    return this.sidebar.getByRole('link', { name: title });
  }
}
