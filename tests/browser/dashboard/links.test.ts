import { afterAll, beforeAll, expect, test } from "vitest";
import { patiently } from "#tests/support/patiently.ts";
import { type Dashboard, startDashboard } from "./open-dashboard.ts";
import { demoState } from "./fixture-state.ts";

let dashboard: Dashboard;

beforeAll(async () => {
  dashboard = await startDashboard();
});
afterAll(async () => {
  await dashboard.close();
});

test("each link has its clicks and revenue of the chosen days, and the rows add up to the total", async () => {
  const { page, errors } = await dashboard.open("/links?range=7d");
  const column = async (name: string) => {
    const headers = await page.locator("thead th").allTextContents();
    const at = headers.findIndex((text) => text.startsWith(name)) + 1;
    const read = async (part: string) =>
      await page.locator(`${part} > tr > :nth-child(${at})`).allTextContents();
    const [rows, total] = [await read("tbody"), await read("tfoot")];
    const value = (text: string) => Math.round(Number(text.replaceAll(/[^\d.]/g, "")) * 100);
    return { sum: rows.reduce((sum, text) => sum + value(text), 0), total: value(total[0] ?? "") };
  };
  await page.waitForSelector("tfoot td:has-text('€')");
  for (const name of ["Clicks", "Conversions", "Revenue"]) {
    const { sum, total } = await column(name);
    expect([name, sum]).toEqual([name, total]);
    expect(total).toBeGreaterThan(0);
  }
  const week = (await column("Clicks")).total;
  await page.keyboard.press("d");
  await expect.poll(async () => (await column("Clicks")).total, patiently).not.toBe(week);
  expect(errors).toEqual([]);
});

test("without their figures the links are there, and one press asks for them again", async () => {
  const state = demoState();
  state.failures["/sites/site_nord/links/figures"] = 500;
  const { page } = await dashboard.open("/links", state);
  await page.getByText("The figures did not load.").waitFor();
  expect(await page.locator("tbody tr").count()).toBe(state.links.length);
  expect(await page.locator("tbody").textContent()).not.toMatch(/€|\b0\b/);
  state.failures = {};
  await page.getByRole("button", { name: "Try again" }).click();
  await page.waitForSelector("tfoot td:has-text('€')");
  expect(await page.getByText("The figures did not load.").count()).toBe(0);

  // Those of other days are not left standing for the ones that are missing.
  state.failures["/sites/site_nord/links/figures"] = 500;
  await page.keyboard.press("d");
  await page.getByText("The figures did not load.").waitFor();
  expect(await page.locator("tbody").textContent()).not.toMatch(/€|\b0\b/);
  expect(await page.locator("[aria-busy=true]").count()).toBe(0);
});
