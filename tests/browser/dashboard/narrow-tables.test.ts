import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demoState, freshState } from "./fixture-state.ts";
import { startDashboard } from "./open-dashboard.ts";
import type { Dashboard } from "./open-dashboard.ts";

let dashboard: Dashboard;

beforeAll(async () => {
  dashboard = await startDashboard();
});

afterAll(async () => {
  await dashboard.close();
});

const PHONE = { width: 390, height: 844 };
/** A laptop at 200 %. */
const ZOOMED = { width: 720, height: 450 };

/** Whether the element lies whole inside the box that its table scrolls in. */
async function isSeen(element: Locator): Promise<boolean> {
  return await element.evaluate((found) => {
    const box = found.closest(".table-wrap")?.getBoundingClientRect();
    const { left, right } = found.getBoundingClientRect();
    return box !== undefined && left >= box.left - 1 && right <= box.right + 1;
  });
}

function fadeAt(page: Page, end: "start" | "end"): Promise<string | null> {
  return page.locator(".scroll-box").first().getAttribute(`data-more-${end}`);
}

describe("a table with more columns than there is room", () => {
  for (const look of [PHONE, ZOOMED]) {
    test(`shows revenue and ROAS of campaigns first at ${look.width} px, with their total`, async () => {
      const { page } = await dashboard.open("/campaigns", demoState(), look);
      await page.getByRole("columnheader", { name: "ROAS" }).waitFor();
      for (const name of ["Revenue", "ROAS"])
        expect(await isSeen(page.getByRole("columnheader", { name }))).toBe(true);
      expect(await isSeen(page.locator("tfoot td", { hasText: "€" }).first())).toBe(true);
    });

    test(`the overview's, too, at ${look.width} px`, async () => {
      const { page } = await dashboard.open("/", demoState(), look);
      const table = page.getByRole("table", { name: "Campaigns" });
      await table.getByRole("columnheader", { name: "ROAS" }).waitFor();
      for (const name of ["Revenue", "ROAS"])
        expect(await isSeen(table.getByRole("columnheader", { name }))).toBe(true);
    });
  }

  test("fades out where more of it is, and no more at its end", async () => {
    const { page } = await dashboard.open("/campaigns", demoState(), PHONE);
    const box = page.locator(".scroll-box .table-wrap").first();
    await page.locator('.scroll-box[data-more-end="true"]').waitFor();
    expect(await fadeAt(page, "start")).toBe("false");
    await box.evaluate((element) => element.scrollTo({ left: element.scrollWidth }));
    await page.locator('.scroll-box[data-more-end="false"]').waitFor();
    expect(await fadeAt(page, "start")).toBe("true");
  });

  test("keeps the order of a desk where there is room, and fades nowhere", async () => {
    const { page } = await dashboard.open("/campaigns");
    const headers = page.locator("thead th");
    await headers.first().waitFor();
    expect((await headers.allTextContents()).slice(0, 2)).toEqual(["Campaign", "Status"]);
    expect(await fadeAt(page, "end")).toBe("false");
  });

  test("stays inside the corners of its card", async () => {
    const { page } = await dashboard.open("/", demoState(), PHONE);
    const corner = page.locator("tfoot th").first();
    await corner.waitFor();
    expect(
      await corner.evaluate((cell) => Number.parseFloat(getComputedStyle(cell).borderBottomLeftRadius)),
    ).toBeGreaterThan(0);
  });
});

describe("on a phone", () => {
  test("links say where they lead and for which campaign, and every act of theirs is at hand", async () => {
    const state = demoState();
    const { page } = await dashboard.open("/links", state, PHONE);
    const [link] = state.links;
    await page.locator("tbody tr").first().waitFor();
    const row = page.locator("tbody tr", { hasText: link?.slug ?? "" }).first();
    expect(await row.innerText()).toContain(link?.destination.replace("https://", "") ?? "");
    for (const button of await page.locator("tbody button").all()) expect(await isSeen(button)).toBe(true);
    expect(await fadeAt(page, "end")).toBe("false");
  });

  test("the dot that waits for a first event is round", async () => {
    const state = freshState();
    state.sites = demoState()
      .sites.slice(0, 1)
      .map((site) => ({ ...site, firstEventAt: null }));
    const { page } = await dashboard.open("/welcome", state, PHONE);
    const dot = page.locator(".live-dot");
    await dot.waitFor();
    const { width, height } = (await dot.boundingBox()) ?? { width: 0, height: 1 };
    expect(width).toBe(height);
  });
});
