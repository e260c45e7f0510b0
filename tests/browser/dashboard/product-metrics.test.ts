import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demoState } from "./fixture-state.ts";
import type { FixtureState } from "./fixture-state.ts";
import { startDashboard } from "./open-dashboard.ts";
import type { Dashboard } from "./open-dashboard.ts";

let dashboard: Dashboard;

beforeAll(async () => {
  dashboard = await startDashboard();
});

afterAll(async () => {
  await dashboard.close();
});

function superadmin(productMetrics: FixtureState["productMetrics"] = {}): FixtureState {
  const state = demoState();
  state.me.superadmin = true;
  state.productMetrics = productMetrics;
  return state;
}

describe("pages of superadmins", () => {
  test("are nowhere to be seen for anybody else", async () => {
    for (const path of ["/admin/product-metrics", "/admin/audit-log", "/admin/dead-letters"]) {
      // oxlint-disable-next-line no-await-in-loop -- one page after the other
      const { page, state } = await dashboard.open(path);
      // oxlint-disable-next-line no-await-in-loop -- as above
      await page.getByText("There is no page at this address").waitFor();
      expect(state.calls.filter((call) => call.includes("/admin/"))).toEqual([]);
    }
  });
});

describe("the product metrics", () => {
  test("say of each target whether it is met", async () => {
    const { page } = await dashboard.open("/admin/product-metrics", superadmin());
    const tile = async (name: string) => await page.getByRole("group", { name }).textContent();
    await page.getByRole("group", { name: "Time to first value" }).waitFor();
    expect(await tile("Time to first value")).toMatch(/Met.*26 min.*below 2 hr/);
    expect(await tile("Campaign completion")).toMatch(/Missed.*62.7%.*74 of 118 campaigns.*above 70/);
    expect(await tile("Error rate")).toMatch(/Met.*0.1%/);
  });

  test("have no figure where there is no data, and never 0", async () => {
    const none = { target: 0.01, isMet: null, rate: null };
    const state = superadmin({
      ttfv: { times: null, bars: [], target: 7_200_000, isMet: null },
      completion: { ...none, created: 0, completed: 0 },
      errors: { ...none, since: new Date().toISOString(), requests: 0, errors: 0 },
    });
    const { page } = await dashboard.open("/admin/product-metrics", state);
    await page.getByText("Nobody has made a campaign yet").waitFor();
    expect(await page.getByText("No data", { exact: true }).count()).toBe(4);
    expect(await page.getByText("Not known", { exact: true }).count()).toBe(3);
  });

  test("are of as many weeks as one asks for, which the address keeps", async () => {
    const { page, state } = await dashboard.open("/admin/product-metrics", superadmin());
    await page.getByRole("button", { name: "4 weeks" }).click();
    await page.waitForURL(/weeks=4/);
    await page.waitForFunction(() => document.querySelectorAll("tbody .table-sub").length === 4);
    expect(state.calls.some((call) => call.includes("weeks=4"))).toBe(true);
  });
});

describe("the audit log", () => {
  test("tells who did what, page after page, and can be narrowed", async () => {
    const { page } = await dashboard.open("/settings/audit-log");
    await page.getByText("Changed a campaign").waitFor();
    expect(await page.locator("tbody tr").count()).toBe(5);
    await page.getByRole("button", { name: "Older entries" }).click();
    await page.getByText("A key that is gone").waitFor();
    expect(await page.locator("tbody tr").count()).toBe(9);
    await page.getByRole("group", { name: "Area" }).getByText("Campaigns").click();
    await page.waitForFunction(() => document.querySelectorAll("tbody tr").length === 2);
  });

  test("is not asked for by whom it is not for", async () => {
    const state = demoState();
    state.me.role = "marketer";
    const { page } = await dashboard.open("/settings/audit-log", state);
    await page.getByText("For owners and admins").waitFor();
    expect(state.calls.filter((call) => call.includes("/audit-log"))).toEqual([]);
  });

  test("of superadmins tells what they did", async () => {
    const { page } = await dashboard.open("/admin/audit-log", superadmin());
    await page.getByText("Read a dead letter in clear").waitFor();
    expect(await page.getByText("Waymark itself").count()).toBe(1);
  });
});
