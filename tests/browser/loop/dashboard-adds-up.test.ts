import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { CreatedApiKey } from "#contract/accounts.ts";
import type { ImportAnswer } from "#contract/events.ts";
import type { Site } from "#contract/sites.ts";
import { systemIds } from "#platform/ids.ts";
import { signIn } from "#scripts/client/waymark-client.ts";
import { DEMO_CAMPAIGNS } from "#scripts/seed/demo-plan.ts";
import { seedDemo } from "#scripts/seed/seed-demo.ts";
import { EVERY_MINUTE } from "#scripts/stack/workers/cron-ticker.ts";
import { type LoopStage, startLoopStage } from "./loop-stage.ts";
import {
  cellOf,
  column,
  hundredths,
  readTable,
  readTile,
  type ScreenTable,
  sum,
  totalOf,
} from "./read-screen.ts";
import type { WatchedContext } from "./watched-context.ts";

const MODELS = ["first", "last", "linear"] as const;
const WORKBENCH_MODELS = ["First touch", "Last touch", "Linear", "Position", "Markov", "Shapley"];
const NO_CAMPAIGN = "(no campaign)";
const UNATTRIBUTED = "(unattributed)";
const CAMPAIGNS = DEMO_CAMPAIGNS.map(({ name }) => name);
const DRAFT = "Winter gift boxes";
/** A share of a conversion is shown to the hundredth: each row may be half of one off. */
const ROUNDING = 0.5;

let stage: LoopStage;
let marketer: WatchedContext;
let page: Page;

beforeAll(async () => {
  stage = await startLoopStage();
  const login = await seedDemo(stage.stack);
  await addUnattributedOrder(login);
  marketer = await stage.person();
  page = await marketer.newPage();
  await page.goto(`${stage.stack.appOrigin}/sign-in`);
  await page.getByLabel("E-mail").fill(login.email);
  await page.getByLabel("Password").fill(login.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Overview" }).waitFor();
});

afterAll(async () => await stage?.close());

describe.each(MODELS)("the overview under the %s model", (model) => {
  beforeAll(async () => await open(`/?model=${model}`));

  test("the channels' revenue and conversions are the key figures'", async () => {
    const channels = await readTable(page, "Channels");
    await expectTotals(channels, ["Revenue", "Conversions"]);
    expect(sum(column(channels, "Sessions"))).toBe(hundredths(totalOf(channels, "Sessions")));
  });

  test("campaigns, those without one and the unattributed add up to the key figures", async () => {
    const campaigns = await readTable(page, "Campaigns");
    await expectTotals(campaigns, ["Revenue", "Conversions", "Spend"]);
    expect(cellOf(campaigns, UNATTRIBUTED, "Revenue")).toBe("€12.34");
    expect(hundredths(cellOf(campaigns, NO_CAMPAIGN, "Revenue"))).toBeGreaterThan(0);
  });

  test.each(["Revenue", "Conversions", "Spend"])("the days of %s add up to the tile", async (metric) => {
    await page.getByRole("button", { name: `Show ${metric} in the chart` }).click();
    await page
      .getByRole("slider", { name: `${metric} by day` })
      .locator("canvas")
      .waitFor();
    const days = await readTable(page, `${metric} by day`);
    expect(days.rows).toHaveLength(30);
    await expectTile(metric, sum(column(days, metric)), days);
  });
});

describe.each(["campaign", "channel"])("the workbench by %s", (by) => {
  test("adds up to the same total under each model, and every figure opens into as much", async () => {
    await open("/");
    const revenue = totalOf(await readTable(page, "Channels"), "Revenue");
    const models = "models=first,last,linear,position,markov,shapley";
    await open(`/attribution?by=${by}&${models}&figure=revenue`);
    const money = await readTable(page, `Attribution by ${by}: Revenue`);
    for (const label of WORKBENCH_MODELS) {
      expect(totalOf(money, label)).toBe(revenue);
      expect(sum(column(money, label)), `${label} by ${by}`).toBe(hundredths(revenue));
    }
    expect(cellOf(money, UNATTRIBUTED, "Last touch")).toBe("€12.34");
    await open(`/attribution?by=${by}&${models}`);
    const counts = await readTable(page, `Attribution by ${by}: Conversions`);
    for (const label of WORKBENCH_MODELS) {
      // Parts of conversions are shown to the tenth.
      const rounding = counts.rows.length * 5;
      expect(Math.abs(sum(column(counts, label)) - hundredths(totalOf(counts, label)))).toBeLessThanOrEqual(
        rounding,
      );
    }
  });
});

test("the ledger of spend adds up to the overview's, and the margin gives what it should", async () => {
  await open("/");
  const spend = totalOf(await readTable(page, "Campaigns"), "Spend");
  await open("/spend");
  const ledger = await readTable(page, "Spend by day");
  expect(totalOf(ledger, "In EUR")).toBe(spend);
  expect(sum(column(ledger, "In EUR"))).toBe(hundredths(spend));
  expect(await readTile(page, "Break-even ROAS")).toBe("1.72×");
  expect((await readTable(page, "Budgets")).rows.length).toBeGreaterThan(1);
});

test("a figure of the workbench opens into journeys that add up to it, and each can be followed", async () => {
  await open("/attribution?figure=revenue");
  const shown = page.getByRole("row", { name: new RegExp(`^${CAMPAIGNS[0]}`) }).getByRole("link", {
    name: /Linear: /,
  });
  const revenue = (await shown.innerText()).split(" ")[0] ?? "";
  await shown.click();
  await page.getByRole("heading", { name: "What made this figure" }).waitFor();
  await page.locator(".credited-row").first().waitFor();
  const more = page.getByRole("button", { name: "Show more" });
  while ((await more.count()) > 0) {
    await more.click();
    await page.locator(".credited-foot [aria-busy]").waitFor({ state: "detached" });
  }
  await page.getByText("below add up to it, to the cent.").waitFor();
  expect(await page.locator(".figure-numbers").innerText()).toContain(revenue);
  await page.locator(".credited-row a").first().click();
  await page.getByRole("heading", { name: "One journey" }).waitFor();
  await page.getByRole("table", { name: "Shares by touch and model" }).waitFor();
});

test("the ways of the journeys page add up to the conversions of the overview", async () => {
  await open("/");
  const tile = await readTile(page, "Conversions");
  await open("/journeys?by=channel");
  const ways = await readTable(page, "Ways to a conversion");
  expect(totalOf(ways, "Conversions")).toBe(tile);
  expect(sum(column(ways, "Conversions"))).toBe(hundredths(tile));
});

describe("a campaign", () => {
  test("that was never run shows no channel, and why it has no ROAS", async () => {
    await open("/campaigns");
    await page.getByRole("link", { name: DRAFT, exact: true }).click();
    await page.getByText("No channel yet").waitFor();
    expect(await readTile(page, "Revenue")).toBe("€0.00");
    expect(await readTile(page, "ROAS")).toBe("–");
    await page.getByRole("link", { name: "Add spend to see ROAS" }).waitFor();
  });

  test.each(MODELS)("shows the same figures everywhere under the %s model", async (model) => {
    await open(`/?model=${model}`);
    const overview = await readTable(page, "Campaigns");
    await open(`/campaigns?model=${model}`);
    const list = await readFiguredList();
    for (const header of ["Visitors", "Conversions", "Revenue", "ROAS"]) {
      for (const name of CAMPAIGNS) {
        expect(cellOf(list, name, header), `${name}, ${header}`).toBe(cellOf(overview, name, header));
      }
    }
    for (const name of CAMPAIGNS) {
      if (name !== DRAFT) await expectPage(name, overview, model);
    }
  });
});

test("the chart is drawn where the system names a language that no browser knows", async () => {
  const odd = await marketer.newPage();
  await odd.addInitScript(() => {
    Object.defineProperty(navigator, "language", { value: "en-US@posix", configurable: true });
  });
  await odd.goto(stage.stack.appOrigin);
  await odd.getByRole("slider", { name: "Revenue by day" }).locator("canvas").waitFor();
  expect(await odd.getByRole("alert").count()).toBe(0);
  await odd.close();
});

test("no page of the dashboard has an error in its console, or a request that fails", () => {
  expect(marketer.complaints).toEqual([]);
});

/** An order that only the shop's server knows of: no visitor, so no touchpoint can have earned it. */
async function addUnattributedOrder(login: { email: string; password: string }): Promise<void> {
  const client = await signIn(stage.stack.appOrigin, login);
  const { items } = await client.request<{ items: Site[] }>("GET", "/sites");
  const { key } = await client.request<CreatedApiKey>("POST", "/api-keys", {
    name: "Till",
    scopes: ["events:write"],
  });
  const at = Date.now() - 60_000;
  const conversion = { type: "purchase", value: "12.34", currency: "EUR", orderId: "T-1" };
  const event = { id: systemIds.uuid7(new Date(at)), at, type: "conversion", conversion };
  const body = { siteId: items[0]?.id, events: [event] };
  const answer = await client.withKey(key).request<ImportAnswer>("POST", "/events", body);
  expect(answer.accepted).toBe(1);
  await stage.stack.workers.runCron(EVERY_MINUTE);
}

async function open(path: string): Promise<void> {
  await page.goto(stage.stack.appOrigin + path);
}

/** The list comes first, its figures as soon as they are there. */
async function readFiguredList(): Promise<ScreenTable> {
  return await vi.waitFor(
    async () => {
      const list = await readTable(page, "Campaigns");
      expect(totalOf(list, "Revenue")).not.toBe("–");
      return list;
    },
    { timeout: 15_000, interval: 50 },
  );
}

/** The page of the campaign, reached by its link in the list. */
async function expectPage(name: string, overview: ScreenTable, model: string): Promise<void> {
  await page.getByRole("link", { name, exact: true }).click();
  await page.getByRole("heading", { name, level: 1 }).waitFor();
  const channels = await readTable(page, "Channels");
  for (const header of ["Conversions", "Revenue"]) {
    expect(totalOf(channels, header), `${name}, ${header}, ${model}`).toBe(cellOf(overview, name, header));
  }
  for (const label of ["Visitors", "ROAS", "Spend"]) {
    expect(await readTile(page, label)).toBe(inTile(cellOf(overview, name, label)));
  }
  const days = await readTable(page, "Revenue by day");
  await expectTile("Revenue", sum(column(days, "Revenue")), days);
  const attribution = await readTable(page, "Attribution by campaign");
  const group = MODELS.findIndex((candidate) => candidate === model);
  const credited = cellOf(attribution, name, { header: "Revenue", group });
  expect(credited).toBe(cellOf(overview, name, "Revenue"));
  await page.goBack();
}

async function expectTotals(table: ScreenTable, headers: readonly string[]): Promise<void> {
  for (const header of headers) {
    expectClose(sum(column(table, header)), totalOf(table, header), table);
    await expectTile(header, hundredths(totalOf(table, header)), table);
  }
}

async function expectTile(label: string, value: number, table: ScreenTable): Promise<void> {
  const shown = await readTile(page, label);
  // Tiles leave out the cents of amounts from 100 on.
  const isRounded = shown.startsWith("€") && !shown.includes(".");
  const expected = isRounded ? Math.round(value / 100) * 100 : value;
  expectClose(expected, shown, table);
}

/** Money is exact; shares of conversions are as exact as what is shown of them. */
function expectClose(value: number, shown: string, table: ScreenTable): void {
  const allowed = shown.startsWith("€") ? 0 : table.rows.length * ROUNDING;
  expect(Math.abs(value - hundredths(shown))).toBeLessThanOrEqual(allowed);
}

function inTile(shown: string): string {
  return shown.startsWith("€") && hundredths(shown) >= 10_000
    ? `€${Math.round(hundredths(shown) / 100).toLocaleString("en-IE")}`
    : shown;
}
