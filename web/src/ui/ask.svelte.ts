// One question at a time: confirm a step, or ask for a short text. Shown by Ask.svelte.

export interface Question {
  title: string;
  text?: string;
  confirm: string;
  danger?: boolean;
  /** With a field the answer is its text. */
  field?: { label: string; value: string; maxLength?: number; isSecret?: boolean };
}

let question = $state.raw<Question | undefined>();
let answer: ((value: string | undefined) => void) | undefined;

export const asking = {
  get question(): Question | undefined {
    return question;
  },
  answer(value: string | undefined): void {
    question = undefined;
    answer?.(value);
    answer = undefined;
  },
};

function ask(next: Question): Promise<string | undefined> {
  answer?.(undefined);
  question = next;
  return new Promise((resolve) => (answer = resolve));
}

export async function confirm(next: Omit<Question, 'field'>): Promise<boolean> {
  return (await ask(next)) !== undefined;
}

export async function askText(next: Question & { field: NonNullable<Question['field']> }): Promise<string | undefined> {
  const text = await ask(next);
  // A password may begin or end with a blank.
  return next.field.isSecret ? text : text?.trim();
}
