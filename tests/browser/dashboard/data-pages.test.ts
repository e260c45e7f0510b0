import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { patiently } from "#tests/support/patiently.ts";
import { noReporting } from "./fixture-reporting.ts";
import { demoState, event } from "./fixture-state.ts";
import { startDashboard } from "./open-dashboard.ts";
import type { Dashboard } from "./open-dashboard.ts";

let dashboard: Dashboard;

beforeAll(async () => {
  dashboard = await startDashboard();
});

afterAll(async () => {
  await dashboard.close();
});

describe("a data page", () => {
  test("that cannot be loaded says so with the request's id, and comes back with one press", async () => {
    const state = demoState();
    state.failures["/sites/site_nord/analytics"] = 500;
    const { page } = await dashboard.open("/", state);
    const alert = page.getByRole("alert");
    await alert.waitFor();
    expect(await alert.textContent()).toContain("Nothing is lost");
    expect(await alert.textContent()).toContain("req_7f3c");
    expect(await page.locator(".kpi-value").count()).toBe(0);

    state.failures = {};
    await page.getByRole("button", { name: "Try again" }).click();
    await page.waitForSelector(".kpi-value");
    expect(await alert.count()).toBe(0);
  });

  test("of today judges nothing by a whole day: each tile says that the day still runs", async () => {
    const { page } = await dashboard.open("/?range=today");
    const tile = page.getByRole("group", { name: "Revenue", exact: true });
    await tile.getByText(/^day still running, €[\d,.]+ on previous day$/).waitFor();
    expect(await page.locator(".kpi-bad, .kpi-good").count()).toBe(0);
  });

  test("of another account says it is not here, without a retry", async () => {
    const { page } = await dashboard.open("/campaigns/cmp_unknown/analytics");
    await page.getByText("This campaign is not here").waitFor();
    expect(await page.getByRole("button", { name: "Try again" }).count()).toBe(0);
  });

  test("whose address names no site gets it named, and whoever has gone on by then is not taken back", async () => {
    const { page } = await dashboard.open("/campaigns");
    await page.waitForURL(/\/campaigns\?site=site_nord$/);
    const addresses = await page.evaluateHandle(async () => {
      const put: string[] = [];
      const replace = history.replaceState.bind(history);
      history.replaceState = (...change) => {
        put.push(String(change[2]));
        replace(...change);
      };
      const follow = (path: string) => {
        history.pushState(null, "", path);
        dispatchEvent(new PopStateEvent("popstate"));
      };
      follow("/nowhere");
      // Drawn, but what it does by itself waits for the next frame.
      await new Promise((resolve) => setTimeout(resolve));
      put.length = 0;
      follow("/links");
      return put;
    });
    await page.getByRole("heading", { name: "Links", level: 1 }).waitFor();
    await page.waitForURL(/\/links\?site=site_nord$/);
    expect(await addresses.jsonValue()).toEqual(["/links?site=site_nord"]);
  });

  test("shows one figure in tile, campaigns and channels: every table adds up to the tile", async () => {
    const { page } = await dashboard.open("/");
    await page.waitForSelector("tfoot");
    // The table of visits counts by visit and not by credit: it has a total of its own.
    const totals = await page.locator(".card:not(#visits) tfoot").allTextContents();
    const revenue = totals.map((text) => /€[\d,]+\.\d\d/.exec(text)?.[0]);
    expect(new Set(revenue).size).toBe(1);
    const tile = await page.locator(".kpi-selected .kpi-value").textContent();
    expect(Math.round(Number(revenue[0]?.replaceAll(/[€,]/g, "")))).toBe(
      Number(tile?.replaceAll(/[€,]/g, "")),
    );
    expect(await sumOfColumn(page, "Campaigns", "Conversions")).toBe(
      await sumOfColumn(page, "Channels", "Conversions"),
    );
  });

  test("a tile is chosen by a click anywhere in it, its underlined name too, which still explains itself", async () => {
    const { page } = await dashboard.open("/");
    const name = page.getByRole("group", { name: "Visitors", exact: true }).getByRole("note");
    await name.hover();
    await page.getByRole("tooltip").waitFor();
    await name.click();
    await page.getByRole("heading", { name: "Visitors by day" }).waitFor();
    expect(await page.locator(".kpi-selected .kpi-label").innerText()).toBe("Visitors");
  });

  test("without spend shows a dash, the reason and the way to mend it, never 0", async () => {
    const { page } = await dashboard.open("/campaigns/cmp_partner/analytics");
    await page.waitForSelector(".kpi-value");
    const tile = page.getByRole("group", { name: "ROAS", exact: true });
    expect(await tile.locator(".kpi-value").textContent()).toBe("–");
    await tile.getByRole("link", { name: "Add spend to see ROAS" }).click();
    await page.waitForURL(/\/settings\?.*part=spend/);
    await page.getByText("No spend yet").waitFor();
  });

  test("goes back and forward through what was looked at: the address is the state", async () => {
    const { page } = await dashboard.open("/?site=site_nord");
    await page.waitForSelector(".kpi-value");
    await page.keyboard.press("w");
    await page.waitForURL(/range=7d/);
    await page.keyboard.press("ArrowLeft");
    await page.waitForURL(/from=\d{4}-\d\d-\d\d&to=\d{4}-\d\d-\d\d/);
    await page.goBack();
    await page.waitForURL(/range=7d/);
    await page.getByRole("link", { name: "Attribution" }).click();
    await page.waitForURL(/\/attribution\?.*range=7d/);
    expect(await page.getByRole("button", { name: /^Dates:/ }).textContent()).toContain("Last 7 days");
  });

  test("shows the page that it goes back to, and not what lay over the one before", async () => {
    const { page } = await dashboard.open("/");
    await page.waitForSelector(".kpi-value");
    await page.getByRole("link", { name: "Campaigns", exact: true }).click();
    await page.waitForSelector("tbody");
    for (const [keys, title] of [
      ["?", "Keyboard shortcuts"],
      ["Control+k", "Go to"],
    ] as const) {
      await page.keyboard.press(keys);
      const dialog = page.getByRole("dialog", { name: title });
      await dialog.waitFor();
      await page.goBack();
      await page.waitForSelector(".kpi-value");
      await expect.poll(() => dialog.count(), patiently).toBe(0);
      await page.goForward();
      await page.waitForURL(/\/campaigns/);
      await page.waitForSelector("tbody");
    }
  });
});

describe("Go to", () => {
  test("takes what is typed before it is there, and none of it as a shortcut", async () => {
    const { page } = await dashboard.open("/");
    await page.waitForSelector(".kpi-value");
    let arrive: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    await page.route(/command-palette.*\.js/, async (route) => {
      await arrived;
      await route.continue();
    });
    const address = page.url();
    await page.keyboard.press("Control+k");
    await page.keyboard.type("wet");
    await page.keyboard.press("Backspace");
    // On the page itself this one goes to an earlier period.
    await page.keyboard.press("ArrowLeft");
    arrive();
    const field = page.getByRole("combobox", { name: "Page, campaign, site or action" });
    await field.waitFor();
    expect(await field.inputValue()).toBe("we");
    await page.keyboard.type("b");
    expect(await field.inputValue()).toBe("web");
    expect(page.url()).toBe(address);
    await page.keyboard.press("Escape");
    await page.keyboard.press("w");
    await page.waitForURL(/range=7d/);
  });

  test("that does not come is let go of by Esc", async () => {
    const { page } = await dashboard.open("/");
    await page.waitForSelector(".kpi-value");
    await page.route(/command-palette.*\.js/, async () => await new Promise(() => undefined));
    await page.keyboard.press("Control+k");
    await page.keyboard.press("Escape");
    await page.keyboard.press("w");
    await page.waitForURL(/range=7d/);
    expect(await page.getByRole("dialog").count()).toBe(0);
  });
});

describe("the date control", () => {
  test("opens, chooses and applies a range by the keyboard, and refuses one that ends before it begins", async () => {
    const { page, state } = await dashboard.open("/");
    await page.waitForSelector(".kpi-value");
    await page.getByRole("button", { name: /^Dates:/ }).focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Dates" });
    await dialog.getByLabel("From").fill("2026-03-09");
    await dialog.getByLabel("To").fill("2026-03-01");
    await page.keyboard.press("Enter");
    await dialog.getByText("The first day must not come after the last").waitFor();
    expect(page.url()).not.toContain("from=");

    await dialog.getByLabel("To").fill("2026-03-15");
    await page.keyboard.press("Enter");
    await page.waitForURL(/from=2026-03-09&to=2026-03-15/);
    await expect
      .poll(() => state.calls.some((call) => call.includes("from=2026-03-09&to=2026-03-15")), patiently)
      .toBe(true);
    expect(
      await page
        .getByRole("button", { name: /^Dates:/ })
        .evaluate((element) => element === document.activeElement),
    ).toBe(true);
  });

  test("Esc closes it and gives the focus back, without a change", async () => {
    const { page } = await dashboard.open("/?site=site_nord");
    await page.waitForSelector(".kpi-value");
    const before = page.url();
    await page.getByRole("button", { name: /^Dates:/ }).press("Enter");
    await page.keyboard.press("Escape");
    expect(await page.getByRole("dialog", { name: "Dates" }).count()).toBe(0);
    expect(
      await page
        .getByRole("button", { name: /^Dates:/ })
        .evaluate((element) => element === document.activeElement),
    ).toBe(true);
    expect(page.url()).toBe(before);
  });

  test("letters typed into a field are text, not shortcuts", async () => {
    const { page } = await dashboard.open("/campaigns?site=site_nord");
    await page.waitForSelector("tbody");
    await page.keyboard.press("/");
    await page.keyboard.type("lena w");
    expect(page.url()).not.toContain("range=");
    await page.keyboard.press("Backspace");
    await page.keyboard.press("Backspace");
    await page.waitForURL(/q=lena$/);
    await expect.poll(() => page.locator("tbody tr").count(), patiently).toBe(1);
  });
});

describe("the chart", () => {
  test("is read day by day with the arrows, which then do not move the period", async () => {
    const { page } = await dashboard.open("/?site=site_nord&from=2026-03-01&to=2026-03-10");
    const chart = page.getByRole("slider", { name: "Revenue by day" });
    await page.waitForSelector(".u-over");
    await chart.focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    expect(await chart.getAttribute("aria-valuetext")).toMatch(
      /^Mon,? 2 Mar 2026: €[\d,.]+, compared with €/,
    );
    expect(page.url()).toContain("from=2026-03-01&to=2026-03-10");
  });

  test("has a table with every day behind it", async () => {
    const { page } = await dashboard.open("/?site=site_nord&from=2026-03-01&to=2026-03-10");
    await page.waitForSelector(".u-over");
    expect(await page.getByRole("table", { name: "Revenue by day" }).locator("tbody tr").count()).toBe(10);
  });
});

describe("empty pages say what to do next", () => {
  test.each([
    ["/campaigns", "Your first campaign", "New campaign"],
    ["/spend", "Spend is what a campaign costs", "New campaign"],
    ["/links", "No link yet", "New link"],
    ["/reports", "No report yet", "New report"],
    ["/settings/keys", "No key yet", "New key"],
  ])("%s", async (path, title, action) => {
    const state = { ...demoState(), campaigns: [], links: [], reporting: noReporting(), apiKeys: [] };
    const { page } = await dashboard.open(path, state);
    await page.getByText(title).waitFor();
    expect(await page.locator(".state").getByText(action).count()).toBe(1);
  });

  test("a site that nothing came from leads to its snippet", async () => {
    const state = demoState();
    for (const site of state.sites) site.firstEventAt = null;
    const { page } = await dashboard.open("/", state);
    await page.getByText("Nothing has come in from nordkost.example yet").waitFor();
    await page.getByRole("link", { name: "Add the snippet" }).click();
    await page.getByText("Waiting for the first event…").waitFor();
    expect(new URL(page.url()).searchParams.get("step")).toBe("install");
  });
});

describe("the live log", () => {
  test("shows what comes in, stands still when paused, and goes on when told", async () => {
    const state = demoState();
    const { page } = await dashboard.open("/settings/install", state);
    await page.waitForSelector(".log-row[aria-expanded]");
    await page.getByRole("button", { name: "Pause" }).click();
    await page.waitForTimeout(300);
    const asked = state.calls.length;
    state.events.unshift({
      ...event(0),
      id: "018f3a2e-9999-7abc-8def-000000000001",
      type: "custom",
      name: "signup_done",
    });
    await page.waitForTimeout(3_500);
    expect(state.calls.length).toBe(asked);
    expect(await page.getByText("signup_done").count()).toBe(0);

    await page.getByRole("button", { name: "Resume" }).click();
    await page.getByText("signup_done").waitFor();
    await page.getByText("signup_done").click();
    await page.getByText("018f3a2e-9999-7abc-8def-000000000001").waitFor();
  });
});

describe("what cannot be taken back", () => {
  test("asks for the name, and does nothing for another", async () => {
    const { page, state } = await dashboard.open("/campaigns/cmp_autumn/settings");
    await page.getByRole("button", { name: "Archive campaign" }).click();
    const dialog = page.getByRole("dialog", { name: "Archive Autumn sale?" });
    await dialog.getByRole("textbox").fill("Autumn");
    await dialog.getByRole("button", { name: "Archive campaign" }).click();
    await dialog.getByRole("alert").waitFor();
    expect(state.calls.filter((call) => call.startsWith("DELETE"))).toEqual([]);

    await dialog.getByRole("textbox").fill("Autumn sale");
    await dialog.getByRole("button", { name: "Archive campaign" }).click();
    await page.waitForURL(/\/campaigns\?/);
    expect(state.calls).toContain("DELETE /campaigns/cmp_autumn");
  });

  test("deleted spend comes back whole with Undo", async () => {
    const { page, state } = await dashboard.open("/campaigns/cmp_autumn/settings");
    await page.waitForSelector("#spend tbody");
    const [row] = state.spend["cmp_autumn"] ?? [];
    await page
      .getByRole("button", { name: /^Delete the spend of/ })
      .first()
      .click();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect
      .poll(() => state.spend["cmp_autumn"]?.find(({ day }) => day === row?.day)?.amount, patiently)
      .toEqual(row?.amount);
  });
});

/** The sum of a column's cells in the table with this caption. */
async function sumOfColumn(page: Page, caption: string, header: string): Promise<number> {
  const table = page.getByRole("table", { name: caption, exact: true });
  const headers = await table.locator("thead tr").last().locator("th").allTextContents();
  const at = headers.findIndex((text) => text.startsWith(header));
  const cells = await table.locator(`tbody tr > *:nth-child(${at + 1})`).allTextContents();
  return cells.reduce((sum, text) => sum + Number(text.replaceAll(",", "")), 0);
}
