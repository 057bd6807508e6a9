// The looks. Custom properties of the page's own are the theme; ::part() reaches what they do not.

const LIGHT = `
  --surface: var(--fragua-chat-surface, #ffffff);
  --ink: var(--fragua-chat-ink, #211e1a);
  --soft: var(--fragua-chat-soft, #5f584e);
  --line: var(--fragua-chat-line, #e3ded5);
  --sunken: var(--fragua-chat-sunken, #f4f2ee);
  --accent: var(--fragua-chat-accent, #b8430c);
  --accent-ink: var(--fragua-chat-accent-ink, #ffffff);
  --danger: var(--fragua-chat-danger, #b3261e);
  color-scheme: light;`;

const DARK = `
  --surface: var(--fragua-chat-surface, #221f1c);
  --ink: var(--fragua-chat-ink, #ece7df);
  --soft: var(--fragua-chat-soft, #ada497);
  --line: var(--fragua-chat-line, #45403a);
  --sunken: var(--fragua-chat-sunken, #2f2b27);
  --accent: var(--fragua-chat-accent, #fb8c3c);
  --accent-ink: var(--fragua-chat-accent-ink, #1f1206);
  --danger: var(--fragua-chat-danger, #ff8f84);
  color-scheme: dark;`;

export const STYLES = `
:host {
  position: fixed;
  inset: auto var(--fragua-chat-inset, 20px) var(--fragua-chat-inset, 20px) auto;
  z-index: var(--fragua-chat-z, 2147483000);
  font: var(--fragua-chat-font, 15px/1.5 system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif);
}
:host([hidden]) { display: none; }
/* Not on the host: there a page's own --accent would be one and the same property. */
.frame { ${LIGHT} color: var(--ink); }
:host([theme='dark']) .frame { ${DARK} }
@media (prefers-color-scheme: dark) { :host(:not([theme='light'])) .frame { ${DARK} } }

*, ::before, ::after { box-sizing: border-box; }
[hidden] { display: none !important; }
button { font: inherit; color: inherit; cursor: pointer; border: 0; background: none; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.away { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
svg { width: 20px; height: 20px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; display: block; }

.launcher {
  display: grid; place-items: center; width: 56px; height: 56px; border-radius: 50%;
  background: var(--accent); color: var(--accent-ink); box-shadow: 0 4px 18px rgb(0 0 0 / 25%);
}
.launcher svg { width: 26px; height: 26px; }
.panel {
  display: flex; flex-direction: column;
  width: min(var(--fragua-chat-width, 380px), calc(100vw - 2 * var(--fragua-chat-inset, 20px)));
  height: min(var(--fragua-chat-height, 560px), calc(100dvh - 2 * var(--fragua-chat-inset, 20px)));
  border: 1px solid var(--line); border-radius: var(--fragua-chat-radius, 16px); overflow: hidden;
  background: var(--surface); box-shadow: 0 10px 40px rgb(0 0 0 / 22%);
}
.header { display: flex; align-items: center; gap: 4px; padding: 10px 10px 10px 16px; border-bottom: 1px solid var(--line); }
.title { flex: 1; margin: 0; font-size: 1em; font-weight: 600; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.icon { display: grid; place-items: center; width: 36px; height: 36px; border-radius: 8px; color: var(--soft); }
.icon:hover { background: var(--sunken); color: var(--ink); }

.messages { flex: 1; overflow-y: auto; overscroll-behavior: contain; padding: 16px; display: flex; flex-direction: column; gap: 14px; outline-offset: -2px; }
.empty { margin: auto; color: var(--soft); }
.message { overflow-wrap: anywhere; }
.message > :first-child { margin-top: 0; }
.message > :last-child { margin-bottom: 0; }
.user { align-self: flex-end; max-width: 85%; padding: 8px 14px; border-radius: 16px 16px 4px 16px; background: var(--sunken); white-space: pre-wrap; }
.assistant p, .assistant li { white-space: pre-wrap; }
.assistant p, .assistant ul, .assistant ol, .assistant pre { margin: 0 0 10px; }
.assistant ul, .assistant ol { padding-left: 22px; }
.assistant a { color: var(--accent); }
.assistant code { font: 0.9em ui-monospace, Menlo, Consolas, monospace; background: var(--sunken); padding: 1px 4px; border-radius: 4px; }
.assistant pre { overflow-x: auto; padding: 10px 12px; border-radius: 8px; background: var(--sunken); }
.assistant pre code { padding: 0; background: none; }
.note { margin: 0; font-size: 0.87em; color: var(--soft); }
.error { margin: 0; font-size: 0.93em; color: var(--danger); }
.waiting { display: inline-flex; gap: 4px; padding: 6px 0; }
.waiting i { width: 7px; height: 7px; border-radius: 50%; background: var(--soft); animation: wait 1.2s infinite; }
.waiting i:nth-child(2) { animation-delay: 0.15s; }
.waiting i:nth-child(3) { animation-delay: 0.3s; }
@keyframes wait { 0%, 60%, 100% { opacity: 0.3; } 30% { opacity: 1; } }

.form { display: flex; align-items: flex-end; gap: 8px; padding: 12px; border-top: 1px solid var(--line); }
.input {
  flex: 1; min-width: 0; max-height: 140px; padding: 8px 12px; resize: none; font: inherit; color: var(--ink); field-sizing: content;
  background: var(--surface); border: 1px solid var(--soft); border-radius: 12px;
}
.input::placeholder { color: var(--soft); opacity: 1; }
.send, .stop { display: grid; place-items: center; flex: none; width: 40px; height: 40px; border-radius: 12px; background: var(--accent); color: var(--accent-ink); }
.send[aria-disabled='true'] { background: var(--sunken); color: var(--soft); }

@media (max-width: 480px) {
  :host([open]) { inset: 0; }
  .panel { width: 100%; height: 100dvh; border: 0; border-radius: 0; }
  .input { font-size: 16px; }
}
@media (prefers-reduced-motion: reduce) { .waiting i { animation: none; } }
`;
