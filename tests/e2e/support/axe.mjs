// What axe-core finds on a page. It runs through the debugger, so the page's content security policy stays as it is.
import axe from 'axe-core';

const WORSE = new Set(['serious', 'critical']);

/** One line for each serious or critical finding: rule, where, why. */
export async function problems(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return violations
    .filter(({ impact }) => WORSE.has(impact))
    .flatMap(({ id, impact, nodes }) => nodes.map((node) => `${impact} ${id}: ${node.target.join(' ')}: ${node.failureSummary.split('\n').slice(1).join(' ').trim()}`));
}
