import { afterAll, beforeAll, expect, test } from "vitest";
import { startDashboard } from "./open-dashboard.ts";
import type { Dashboard } from "./open-dashboard.ts";

let dashboard: Dashboard;

beforeAll(async () => {
  dashboard = await startDashboard();
});

afterAll(async () => {
  await dashboard.close();
});

test("a page that a deployment left behind says that a part is missing, and one press brings the new one", async () => {
  const { page, settled } = await dashboard.open("/account");
  await settled();
  const gone = { status: 404, contentType: "text/html; charset=utf-8", body: "Gone" };
  await page.route("**/assets/*.js", async (route) => await route.fulfill(gone));
  await page.getByRole("link", { name: "Spend" }).first().click();
  await page.getByText("This page could not be loaded").waitFor();
  expect(await page.locator("#ledger").count()).toBe(0);

  await page.unroute("**/assets/*.js");
  await page.getByRole("button", { name: "Try again" }).click();
  await page.waitForSelector("#ledger tbody");
  expect(new URL(page.url()).pathname).toBe("/spend");
});
