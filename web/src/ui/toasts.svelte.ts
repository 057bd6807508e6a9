// Short notes at the edge of the screen; one may carry an action, such as undo.

export interface Toast {
  id: number;
  text: string;
  kind: 'note' | 'error';
  action?: { label: string; run: () => void };
}

const NOTE_MS = 5_000;
const ERROR_MS = 9_000;

let shown = $state.raw<Toast[]>([]);
let next = 1;

export const toasts = {
  get all(): Toast[] {
    return shown;
  },
  add(text: string, options: Partial<Pick<Toast, 'kind' | 'action'>> = {}): void {
    const toast: Toast = { id: next++, text, kind: options.kind ?? 'note', ...(options.action ? { action: options.action } : {}) };
    shown = [...shown.slice(-3), toast];
    // Time to reach the button counts double for those who move slowly.
    setTimeout(() => this.remove(toast.id), toast.kind === 'error' || toast.action ? ERROR_MS : NOTE_MS);
  },
  remove(id: number): void {
    shown = shown.filter((toast) => toast.id !== id);
  },
};
