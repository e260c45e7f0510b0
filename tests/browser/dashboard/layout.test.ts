import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startDashboard } from "./open-dashboard.ts";
import type { Dashboard } from "./open-dashboard.ts";

/** What Google calls a good score; a page that stands still has 0. */
const MOST_SHIFT = 0.1;
/** Longer than the skeleton is held back: it is seen before the answers are. */
const ANSWER_MS = 400;

let dashboard: Dashboard;

beforeAll(async () => {
  dashboard = await startDashboard();
});

afterAll(async () => {
  await dashboard.close();
});

const SCREENS = [
  ["/attribution", "tfoot"],
  ["/attribution/figure?under=linear&kind=group&key=cmp_autumn", ".credited-row"],
  ["/attribution/figure?under=markov&kind=group&key=cmp_autumn", ".chain-way"],
  ["/attribution/journey/cnv_4?under=linear", ".step"],
  ["/attribution/runs", ".run"],
  ["/attribution/runs/run_again", ".examples"],
  ["/journeys?by=channel", ".sankey-name"],
  ["/spend", "#ledger tbody"],
] as const;

describe.each(SCREENS)("%s", (path, ready) => {
  test.each([1440, 390])(
    "stands still while its answers arrive, and reads from right to left without scrolling sideways, %i px wide",
    async (width) => {
      const { page, settled } = await dashboard.open(path, undefined, { width, answerMs: ANSWER_MS });
      await page.waitForSelector(ready);
      await settled();
      expect(await shiftOf(page)).toBeLessThan(MOST_SHIFT);
      await page.evaluate(() => document.documentElement.setAttribute("dir", "rtl"));
      expect(await outside(page)).toEqual([]);
    },
  );
});

/** Everything that moved since the page began without anybody having pressed anything. */
async function shiftOf(page: Page): Promise<number> {
  return await page.evaluate(
    async () =>
      await new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[])
            sum += entry.value;
        }).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => resolve(sum), 100);
      }),
  );
}

/** What sticks out of the page at either side; what scrolls by itself may be wider than it is. */
async function outside(page: Page): Promise<string[]> {
  return await page.evaluate(async () => {
    // The other direction shows with the next frame.
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) return [`the page is ${scrollWidth - clientWidth} px too wide`];
    return [...document.querySelectorAll("main h1, main h2, main .card, main button")].flatMap((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      const scrolls = element.closest(".table-wrap, .sr-only, .sankey-scroll, .segments");
      const isOut = width > 0 && !scrolls && (left < -1 || right > clientWidth + 1);
      return isOut ? [element.outerHTML.slice(0, 120)] : [];
    });
  });
}
