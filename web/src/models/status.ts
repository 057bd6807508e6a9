// What the server says while it pulls or creates, for those who do not know manifests and layers.
import type { Key } from '../i18n/i18n.svelte';

const STEPS: [RegExp, Key][] = [
  [/^pulling manifest/, 'task.looking'],
  [/^(pulling|downloading) /, 'task.downloading'],
  [/^verifying/, 'task.checking'],
  [/^(writing manifest|creating new layer|using existing layer|removing|gathering)/, 'task.saving'],
  [/^parsing GGUF/, 'task.reading'],
  [/^(converting|quantizing)/, 'task.converting'],
  [/^success/, 'task.done'],
];

/** The message for a step, or undefined for words that are not known here. */
export function stepOf(status: string): Key | undefined {
  return STEPS.find(([pattern]) => pattern.test(status))?.[1];
}

/** The line is shown beside it already. */
export function withoutLine(message: string): string {
  return message.replace(/^\(?line \d+\)?:\s*/i, '');
}
