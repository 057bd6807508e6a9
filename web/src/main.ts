import './app.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { preferredLanguage, setLanguage } from './i18n/i18n.svelte';
import { session } from './session/session.svelte';
import { startRouter } from './shared/router.svelte';
import { followSystemTheme } from './shared/theme.svelte';

followSystemTheme();
startRouter();
// Two waits at once, and no text that changes its language under the reader's eyes.
await Promise.all([setLanguage(preferredLanguage()), session.load()]);
mount(App, { target: document.getElementById('app')! });
