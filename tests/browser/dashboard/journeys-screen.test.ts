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

const DAYS = "site=site_nord&from=2026-11-01&to=2026-11-23";

describe("the journeys page", () => {
  test("lists ways that add up to the conversions, those not shown and the unattributed among them", async () => {
    const { page, errors } = await dashboard.open(`/journeys?${DAYS}&by=channel`);
    const ways = page.getByRole("table", { name: "Ways to a conversion" });
    const count = async (part: string) =>
      (await ways.locator(`${part} tr > *:nth-child(2)`).allInnerTexts()).reduce(
        (sum, text) => sum + Number(text.replaceAll(",", "")),
        0,
      );
    await ways.waitFor();
    expect(await count("tbody")).toBe(await count("tfoot"));
    expect(await ways.getByText("(unattributed)").count()).toBe(1);
    await page.getByRole("button", { name: "Show all 14" }).click();
    expect(await ways.locator("tbody tr").count()).toBe(15);
    expect(await count("tbody")).toBe(await count("tfoot"));
    expect(errors).toEqual([]);
  });

  test("draws paths that the arrow keys walk through, and gives them as a table", async () => {
    const { page } = await dashboard.open(`/journeys?${DAYS}&by=channel`);
    const stage = page.getByRole("group", { name: /^Steps of journeys/ });
    await stage.focus();
    await page.keyboard.press("ArrowDown");
    const line = page.locator(".sankey-line");
    expect(await line.innerText()).toMatch(/^Step 1, [^:]+: [\d,]+ journeys\. \d+ convert here\. On to /);
    await page.keyboard.press("ArrowRight");
    expect(await line.innerText()).toMatch(/^Step 2, /);
    expect(page.url()).toContain("from=2026-11-01");
    await page.keyboard.press("Escape");
    expect(await line.innerText()).toMatch(/^Point at a step/);

    await page.getByRole("button", { name: "Table" }).click();
    await page.getByRole("table", { name: "Steps of journeys" }).waitFor();
    expect(page.url()).toContain("paths_as=table");
    expect(await page.getByRole("cell", { name: "(conversion)" }).count()).toBeGreaterThan(0);
  });

  test("keeps the options of the workbench, which come along from page to page", async () => {
    const { page, state } = await dashboard.open(`/attribution?${DAYS}&lookback=12&customer=new`);
    await page.waitForSelector("tfoot");
    await page.getByRole("link", { name: "Journeys", exact: true }).click();
    await page.getByRole("table", { name: "Ways to a conversion" }).waitFor();
    const asked = () => state.calls.filter((call) => /\/journeys(\/paths)?\?/.test(call));
    await expect.poll(asked, patiently).toHaveLength(2);
    for (const call of asked()) expect(call).toMatch(/lookback=12.*customer=new/);
  });

  test("without a conversion says what will be here", async () => {
    const state = demoState();
    for (const site of state.sites) site.firstEventAt = null;
    const { page } = await dashboard.open(`/journeys?${DAYS}`, state);
    await page.getByText("No conversions on these days").waitFor();
    expect(await page.locator("table").count()).toBe(0);
  });
});
