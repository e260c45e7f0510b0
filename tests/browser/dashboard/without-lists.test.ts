import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demoState } from "./fixture-state.ts";
import { startDashboard } from "./open-dashboard.ts";
import type { Dashboard } from "./open-dashboard.ts";

const CAMPAIGNS = "/sites/site_nord/campaigns";
let dashboard: Dashboard;

beforeAll(async () => {
  dashboard = await startDashboard();
});

afterAll(async () => {
  await dashboard.close();
});

/** An account whose list of that path does not load until `mend`. */
async function openWithout(list: string, path: string) {
  const state = demoState();
  state.failures[list] = 500;
  const { page } = await dashboard.open(path, state);
  const again = page.getByRole("button", { name: "Try again" });
  const mend = async () => {
    state.failures = {};
    await again.click();
  };
  return { page, state, again, mend };
}

describe("where the list of campaigns does not load", () => {
  test("links and deals name their campaign all the same, and none is said to have none or an archived one", async () => {
    const { page } = await openWithout(CAMPAIGNS, "/links");
    const story = page.locator("#links tbody tr", { hasText: "autumn-story" });
    await story.getByRole("cell", { name: "Autumn sale" }).waitFor();
    expect(await story.textContent()).not.toContain("None");
    expect(await page.locator("#links tbody tr", { hasText: "flyer" }).textContent()).toContain("None");

    await page.getByRole("link", { name: "Spend" }).click();
    await page.locator("#deals tbody tr", { hasText: "Nordic Table podcast" }).waitFor();
    expect(await page.locator("#deals").textContent()).not.toContain("Archived");
  });

  test("a new link waits for it: without it, a link could be made for no campaign only", async () => {
    const { page, state, again, mend } = await openWithout(CAMPAIGNS, "/links");
    await page.getByRole("button", { name: "New link" }).click();
    await again.waitFor();
    expect(await page.getByRole("button", { name: "Create link" }).count()).toBe(0);
    await mend();
    await page.getByLabel("Campaign").selectOption("Brand search");
    await page.getByRole("button", { name: "Create link" }).click();
    await page.getByText("It leads to").waitFor();
    expect(state.links[0]).toMatchObject({ campaignId: "cmp_brand", campaign: "Brand search" });
  });

  test("a report's campaigns can be asked for again, and are not silently all of them", async () => {
    const { page, mend } = await openWithout(CAMPAIGNS, "/reports");
    await page.getByRole("button", { name: "New report" }).click();
    await page.getByText("The campaigns could not be loaded").waitFor();
    await mend();
    await page.getByRole("checkbox", { name: "Autumn sale" }).waitFor();
    expect(await page.getByText("could not be loaded").count()).toBe(0);
  });
});

describe("where what could be compared with does not load", () => {
  test.each([
    {
      of: "a run",
      list: "/sites/site_nord/attribution-runs",
      path: "/attribution/runs/run_october",
      card: "What changed",
    },
    { of: "a report", list: "/reports$", path: "/reports/rep_october", card: "Compare" },
  ])("the page of $of says so, and asks again", async ({ list, path, card }) => {
    const { page, again, mend } = await openWithout(list, path);
    await again.waitFor();
    expect(await page.getByRole("heading", { name: card }).count()).toBe(1);
    await mend();
    await page.getByRole("combobox", { name: /^Compare/ }).waitFor();
    expect(await again.count()).toBe(0);
  });
});

describe("the last step of setup", () => {
  const READY = "/welcome?step=ready&campaign=cmp_autumn";

  test("says when the links do not load, and shows them after one press", async () => {
    const { page, again, mend } = await openWithout("/sites/site_nord/links", READY);
    await again.waitFor();
    await mend();
    await page.getByText("go.waymark.example/r/autumn-story").waitFor();
    expect(await again.count()).toBe(0);
  });

  test("shows the tagged link alone where the campaign has no short one", async () => {
    const state = demoState();
    state.links = [];
    const { page } = await dashboard.open(READY, state);
    await page.getByText("Tagged link").waitFor();
    expect(await page.getByText("Short link").count()).toBe(0);
    expect(await page.locator(".skeleton").count()).toBe(0);
  });
});
