// What was typed and not sent, by conversation, for as long as the tab lives.
const kept = new Map<string, string>();

export const drafts = {
  get: (conversation: string) => kept.get(conversation),
  keep(conversation: string, text: string): void {
    if (text) kept.set(conversation, text);
    else kept.delete(conversation);
  },
  forget: () => kept.clear(),
};
