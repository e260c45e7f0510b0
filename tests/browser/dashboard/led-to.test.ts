import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { patiently } from "#tests/support/patiently.ts";
import { startDashboard } from "./open-dashboard.ts";
import type { Dashboard } from "./open-dashboard.ts";

let dashboard: Dashboard;

beforeAll(async () => {
  dashboard = await startDashboard();
});

afterAll(async () => {
  await dashboard.close();
});

/** What stands above the rates on Spend: held back, the page is so short that there is nothing to scroll. */
const ABOVE = /\/api\/v1\/sites\/[^/]+\/(analytics|pacing|deals|spend)(\?|$)/;

/** Until what the page does once something is drawn is done. */
async function twoFrames(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await new Promise<void>((resolve) => {
        requestAnimationFrame(() => setTimeout(resolve));
      });
    }
  });
}

/** Spend, led to its rates from the overview, its other cards still loading; `load` lets them have their answers. */
async function comeForRates(): Promise<{ page: Page; load: () => Promise<void> }> {
  const { page, settled } = await dashboard.open("/campaigns");
  await page.route(/\/sites\/[^/]+\/analytics/, async (route) => {
    const answer = (await (await route.fetch()).json()) as { kpis: Record<string, unknown> };
    answer.kpis["roas"] = { value: null, reason: "currency_mismatch" };
    await route.fulfill({ json: answer });
  });
  await page.getByRole("link", { name: "Overview" }).first().click();
  const link = page.getByRole("link", { name: "Look at the rates" });
  await link.waitFor();
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(ABOVE, async (route) => {
    await released;
    await route.fallback();
  });
  const answered = page.waitForResponse(/\/rates\?/);
  await link.click();
  await answered;
  await page.getByRole("heading", { name: "Exchange rates" }).waitFor();
  await twoFrames(page);
  return {
    page,
    load: async () => {
      release();
      await page.locator("#ledger tbody").waitFor();
      await settled();
    },
  };
}

const topOf = async (page: Page) => (await page.locator("#rates").boundingBox())?.y ?? Number.NaN;
const heightOf = (page: Page) => page.viewportSize()?.height ?? Number.NaN;

describe("a link to a card", () => {
  test("keeps it in view while the cards above it load and grow", async () => {
    const { page, load } = await comeForRates();
    await load();
    await expect.poll(async () => await topOf(page), patiently).toBeLessThan(heightOf(page));
    expect(await topOf(page)).toBeGreaterThanOrEqual(0);
  });

  test("lets go of whoever scrolls meanwhile", async () => {
    const { page, load } = await comeForRates();
    await page.mouse.wheel(0, -5_000);
    await expect.poll(async () => await page.evaluate(() => scrollY), patiently).toBe(0);
    await load();
    expect(await page.evaluate(() => scrollY)).toBe(0);
    expect(await topOf(page)).toBeGreaterThan(heightOf(page));
  });
});
