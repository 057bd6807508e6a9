// Whether the sidebar is there: a column on wide screens (remembered), a drawer on phones (never).
import { preferences } from '../session/preferences.svelte';

const WIDE = '(min-width: 768px)';
let drawer = $state(false);

export const sidebar = {
  get drawer(): boolean {
    return drawer;
  },
  set drawer(open: boolean) {
    drawer = open;
  },
  get column(): boolean {
    return !preferences.all.sidebar_closed;
  },
  toggle(): void {
    if (matchMedia(WIDE).matches) preferences.set({ sidebar_closed: this.column });
    else drawer = !drawer;
  },
};
