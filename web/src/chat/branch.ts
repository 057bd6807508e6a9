// The branch of the message tree that is on the screen: what each event does to it.
import type { Message } from '../api/types';

/** The branch once this message is known: in its old place, in the place of the sibling that was shown, or at the end. */
export function place(messages: readonly Message[], message: Message): Message[] {
  const same = messages.findIndex((m) => m.id === message.id);
  if (same >= 0) return messages.with(same, message);
  const sibling = messages.findIndex((m) => m.parent_id === message.parent_id);
  if (sibling >= 0) return [...messages.slice(0, sibling), message];
  return [...messages, message];
}

/** Earlier messages before those shown, none twice. */
export function prepend(earlier: readonly Message[], messages: readonly Message[]): Message[] {
  const known = new Set(messages.map((m) => m.id));
  return [...earlier.filter((m) => !known.has(m.id)), ...messages];
}

/** Where a message stands among its siblings, from 0, and its neighbours. */
export function siblings(message: Message): { index: number; count: number; before: string | undefined; after: string | undefined } {
  const index = message.siblings.indexOf(message.id);
  return { index, count: message.siblings.length, before: message.siblings[index - 1], after: index < 0 ? undefined : message.siblings[index + 1] };
}

export function questionOf(messages: readonly Message[], answer: Message): Message | undefined {
  return messages.find((m) => m.id === answer.parent_id);
}

/** An answer that stopped before its end can go on; one from documents is asked for again. */
export function canContinue(message: Message, question?: Message): boolean {
  if (question && question.collections.length > 0) return false;
  return message.role === 'assistant' && (message.status === 'stopped' || (message.status === 'done' && message.done_reason === 'length')) && message.content !== '';
}
