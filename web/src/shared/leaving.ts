// What must be forgotten when a person signs out, by features whose code may never have been loaded.
const steps = new Set<() => void>();

export function whenLeaving(step: () => void): void {
  steps.add(step);
}

export function forgetEverything(): void {
  for (const step of steps) step();
}
