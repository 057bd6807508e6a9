// Whether a page fits its window: nothing scrolls sideways, nothing sticks out.
import assert from 'node:assert/strict';

/** Elements that stick out of the window and are not inside a box that scrolls or cuts by itself. */
function stickingOut() {
  const width = document.documentElement.clientWidth;
  const inBox = (element) => {
    for (let at = element.parentElement; at; at = at.parentElement) {
      const { overflowX } = getComputedStyle(at);
      // A box that scrolls counts only while it is inside the window itself.
      if (overflowX !== 'visible' && at !== document.body && at.getBoundingClientRect().right <= width + 1) return true;
    }
    return false;
  };
  return [...document.body.querySelectorAll('*')]
    .filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width > 1 && box.height > 1 && (box.right > width + 1 || box.left < -1) && !inBox(element) && getComputedStyle(element).visibility !== 'hidden';
    })
    .map((element) => `${element.tagName.toLowerCase()}.${element.className}`.slice(0, 120));
}

/** What slides in is measured where it stops. */
const stopped = () => Promise.all(document.getAnimations().filter((animation) => animation.effect?.getComputedTiming().iterations !== Infinity).map((animation) => animation.finished.catch(() => {})));

export async function assertFits(page, what) {
  await page.evaluate(stopped);
  const [scrolls, boxes] = await page.evaluate(() => [
    document.documentElement.scrollWidth > document.documentElement.clientWidth,
    // The page's own scrolling box: as wide as the window and high. A strip of tabs may scroll, as a table may.
    [...document.querySelectorAll('*')]
      .filter((element) => ['auto', 'scroll'].includes(getComputedStyle(element).overflowY) && element.clientWidth > 300 && element.clientHeight > innerHeight / 3 && element.scrollWidth > element.clientWidth + 1 && !element.matches('pre, table, .table-wrap'))
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}`.slice(0, 120)),
  ]);
  assert.equal(scrolls, false, `${what} scrolls sideways`);
  assert.deepEqual(boxes, [], `${what}: boxes that scroll sideways`);
  assert.deepEqual(await page.evaluate(stickingOut), [], `${what}: sticks out`);
}
