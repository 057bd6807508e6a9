// Waits for what has no event of its own.

const LIMIT_MS = 60_000;
const EVERY_MS = 50;

/** The condition's first true value. An error that it throws ends the wait. */
export async function eventually(condition, what, limitMs = LIMIT_MS) {
  const until = performance.now() + limitMs;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (performance.now() > until) throw new Error(`did not happen within ${limitMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
}
