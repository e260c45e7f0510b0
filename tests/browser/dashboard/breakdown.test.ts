import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { patiently } from "#tests/support/patiently.ts";
import { demoState } from "./fixture-state.ts";
import { startDashboard } from "./open-dashboard.ts";
import type { Dashboard } from "./open-dashboard.ts";

let dashboard: Dashboard;

beforeAll(async () => {
  dashboard = await startDashboard();
});

afterAll(async () => {
  await dashboard.close();
});

const panel = (page: Page) => page.locator("#visits");
const firstCells = async (page: Page) => await panel(page).locator("tbody th").allTextContents();
const asked = (calls: readonly string[]) => calls.filter((call) => call.includes("/breakdown"));

async function sessions(page: Page, part: "tbody" | "tfoot"): Promise<number> {
  const cells = await panel(page).locator(`${part} tr td:nth-child(3)`).allTextContents();
  return cells.reduce((sum, text) => sum + Number(text.replaceAll(",", "")), 0);
}

describe("the breakdown of visits", () => {
  test("adds up to its total with the rows it does not show, and shows more when asked", async () => {
    const { page, errors } = await dashboard.open("/");
    await panel(page).locator("tbody").waitFor();
    expect(await firstCells(page)).toHaveLength(11);
    expect((await firstCells(page)).at(-1)).toBe("Further rows");
    expect(await sessions(page, "tbody")).toBe(await sessions(page, "tfoot"));

    await panel(page).getByRole("button", { name: "Show more" }).click();
    await panel(page)
      .getByRole("row", { name: /pinterest/ })
      .waitFor();

    expect(await firstCells(page)).toHaveLength(12);
    expect(await sessions(page, "tbody")).toBe(await sessions(page, "tfoot"));
    expect(await panel(page).getByRole("button", { name: "Show more" }).count()).toBe(0);
    expect(errors).toEqual([]);
  });

  test("is narrowed by a press on a channel, in the address too, and widened by its chip", async () => {
    const { page, state } = await dashboard.open("/?cut=channel");
    await panel(page).getByRole("button", { name: "E-mail" }).click();
    await page.waitForURL(/only=channel%3Aemail/);
    await panel(page)
      .getByRole("row", { name: /google/ })
      .waitFor();
    expect(asked(state.calls).at(-1)).toContain("channel=email");
    expect(await panel(page).getByRole("button", { name: "Channel", exact: true }).count()).toBe(0);

    await panel(page).getByRole("button", { name: "Technology" }).click();
    await panel(page).getByRole("button", { name: "Browser" }).click();
    await panel(page)
      .getByRole("row", { name: /Firefox/ })
      .waitFor();
    expect(page.url()).toContain("cut=browser");
    expect(asked(state.calls).at(-1)).toMatch(/dimension=browser.*channel=email/);

    await panel(page).getByRole("button", { name: "Remove filter Channel: E-mail" }).click();
    await expect.poll(() => asked(state.calls).at(-1), patiently).not.toContain("channel=");
    expect(page.url()).not.toContain("only=");
  });

  test("says how far an estimate may be off, and names countries", async () => {
    const { page } = await dashboard.open("/?cut=country");
    const germany = panel(page).getByRole("row", { name: /Germany/ });
    expect(await germany.locator("td").first().textContent()).toMatch(/^[\d,]+ ± \d+$/);
    expect((await firstCells(page)).at(-1)).toBe("(unknown)");
  });

  test("of a campaign is of that campaign alone and cannot be narrowed to another", async () => {
    const { page, state } = await dashboard.open(
      "/campaigns/cmp_autumn/analytics?cut=channel&only=channel:email",
    );
    await panel(page).locator("tbody").waitFor();
    expect(asked(state.calls).every((call) => call.includes("campaign=cmp_autumn"))).toBe(true);
    expect(asked(state.calls).some((call) => call.includes("channel=email"))).toBe(false);
    expect(await panel(page).locator(".breakdown-filter").count()).toBe(0);
  });

  test("that cannot be loaded says so in its place and leaves the other figures alone", async () => {
    const state = demoState();
    state.failures["/sites/site_nord/breakdown"] = 500;
    const { page } = await dashboard.open("/", state);
    const alert = panel(page).getByRole("alert");
    await alert.waitFor();
    expect(await page.locator(".kpi-value").count()).toBeGreaterThan(0);
    state.failures = {};
    await panel(page).getByRole("button", { name: "Try again" }).click();
    await panel(page).locator("tbody").waitFor();
  });
});
