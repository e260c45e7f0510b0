import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDays, toDay } from "#frontend/format/day.ts";
import { smallWorkbook } from "#tests/support/small-workbook.ts";
import { patiently } from "#tests/support/patiently.ts";
import { demoState } from "./fixture-state.ts";
import { startDashboard } from "./open-dashboard.ts";
import type { Dashboard } from "./open-dashboard.ts";

let dashboard: Dashboard;
const today = toDay(Date.now());

beforeAll(async () => {
  dashboard = await startDashboard();
});

afterAll(async () => {
  await dashboard.close();
});

describe("Spend", () => {
  test("imports a workbook: columns found, a new campaign made, faulty lines told, the rest stored once", async () => {
    const state = demoState();
    state.ledger = [];
    const { page, errors } = await dashboard.open("/spend", state);
    await page.getByRole("heading", { name: "No spend on these days" }).waitFor();
    await page.getByRole("button", { name: "Import", exact: true }).click();
    const workbook = smallWorkbook([
      ["Campaign name", "Day", "Amount spent (EUR)"],
      ["autumn sale", { day: today }, 1234.5],
      ["Autumn sale", { day: today }, 0.25],
      ["Summer fling", { day: addDays(today, -1) }, 20],
      ["Brand search", "some day", 3],
    ]);
    const name = "ads.xlsx";
    const mimeType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    await page.locator("#spend-file").setInputFiles({ name, mimeType, buffer: workbook });
    await page.getByText("Line 5: “some day” is no day of the calendar").waitFor();
    await page.getByText("Line 4: no campaign is called “Summer fling”").waitFor();
    await page.getByLabel("Summer fling").selectOption("new");
    await page.getByText("2 rows · €1,254.75 · 1 line added to others of their day").waitFor();
    await page.getByRole("button", { name: "Store 2 rows" }).click();
    await page.getByText("Stored: 2 rows of spend.").waitFor();

    expect(await page.locator("#ledger tfoot").textContent()).toContain("€1,254.75");
    const made = state.campaigns.find((campaign) => campaign.name === "Summer fling");
    expect(
      state.ledger.map(({ campaignId, day, source, amount }) => [campaignId, day, source, amount.minor]),
    ).toEqual([
      ["cmp_autumn", today, "import", 123_475],
      [made?.id, addDays(today, -1), "import", 2_000],
    ]);
    expect(errors).toEqual([]);
  });

  test("shows what is not counted and what has no rate, and never a total that would be a guess", async () => {
    const state = demoState();
    const [row] = state.ledger;
    if (!row) throw new Error("The demo has no spend");
    state.ledger.push({
      ...row,
      source: "bank",
      amount: { minor: 500, currency: "GBP" },
      convertedMinor: null,
    });
    const { page } = await dashboard.open("/spend", state);
    await page.waitForSelector("#ledger tbody");
    expect(await page.locator("#ledger tfoot").textContent()).toContain("–");
    await page.getByText("£5.00 has no rate to EUR").waitFor();
    expect(await page.locator("#ledger s").count()).toBe(1);
    expect(await page.locator("#rates tbody tr").allTextContents()).toEqual([
      expect.stringContaining("no rate"),
      expect.stringContaining("1.0843"),
    ]);

    await page.getByRole("button", { name: "Import rates" }).click();
    const lines = `date,currency,rate\n${today},GBP,0.85\n${today},USD,none`;
    await page.getByLabel("Or paste lines").fill(lines);
    await page.getByText("Line 3: no decimal above zero").waitFor();
    await page.getByRole("button", { name: "Store 1 rate" }).click();
    await page.getByText("0.85").waitFor();
    expect(state.rates[0]).toMatchObject({ currency: "GBP", rate: "0.85", isOwn: true });
  });

  test("enters a deal and a lump sum, to the cent", async () => {
    const state = demoState();
    const { page } = await dashboard.open("/spend", state);
    await page.getByRole("button", { name: "Add deal" }).click();
    const form = page.getByRole("form");
    await form.getByLabel("Campaign", { exact: true }).selectOption("cmp_brand");
    await form.getByLabel("Paid by").selectOption("fixed");
    await form.getByLabel("Sum").fill("100");
    await form.getByRole("button", { name: "Save" }).click();
    await form.getByRole("link", { name: "Enter the last day: the sum is spread up to it" }).waitFor();
    await page.getByLabel("Last day").fill("2206-03-09");
    await page.getByRole("button", { name: "Save" }).click();
    await form.getByRole("link", { name: /^A deal runs between 2000 and .+ 20\d\d$/ }).waitFor();
    expect(state.deals.map(({ endsOn }) => endsOn)).not.toContain("2206-03-09");
    await page.getByLabel("Last day").fill(addDays(today, 2));
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("€100.00 in all").waitFor();
    expect(state.deals.at(-1)).toMatchObject({ campaignId: "cmp_brand", amount: { minor: 10_000 } });

    state.ledger = [];
    await page.getByRole("button", { name: "Add spend" }).first().click();
    await page.getByLabel("Day", { exact: true }).fill(addDays(today, -2));
    await page.getByLabel("Last day").fill(today);
    await page.getByLabel("Amount").fill("100.00");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("The spend is saved.").waitFor();
    expect(state.ledger.map(({ amount }) => amount.minor)).toEqual([3_334, 3_333, 3_333]);
  });

  test("takes no amount that may be two: both are told, what was typed stays, and nothing is sent", async () => {
    const state = demoState();
    state.ledger = [];
    const { page } = await dashboard.open("/spend", state);
    await page.getByRole("button", { name: "Add spend" }).first().click();
    await page.getByLabel("Amount").fill("1.500");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Is that 1500 or 1.50?").first().waitFor();
    expect(await page.getByLabel("Amount").inputValue()).toBe("1.500");
    expect(state.ledger).toEqual([]);
    await page.getByLabel("Amount").fill("1.500,00");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("The spend is saved.").waitFor();
    expect(state.ledger.map(({ amount }) => amount.minor)).toEqual([150_000]);
  });

  test("shows the rates to whoever comes for them from a figure that lacks one", async () => {
    const { page } = await dashboard.open("/campaigns");
    await page.route(/\/sites\/[^/]+\/analytics/, async (route) => {
      const answer = (await (await route.fetch()).json()) as { kpis: Record<string, unknown> };
      answer.kpis["roas"] = { value: null, reason: "currency_mismatch" };
      await route.fulfill({ json: answer });
    });
    await page.getByRole("link", { name: "Overview" }).first().click();
    await page.getByRole("link", { name: "Look at the rates" }).click();
    const rates = page.getByRole("heading", { name: "Exchange rates" });
    await rates.waitFor();
    await expect
      .poll(async () => (await rates.boundingBox())?.y ?? 0, patiently)
      .toBeLessThan(page.viewportSize()?.height ?? 0);
    expect(new URL(page.url()).pathname).toBe("/spend");
  });

  test("does not say that no rates are needed before it knows the currencies in use", async () => {
    const state = demoState();
    state.failures["/sites/site_nord/analytics"] = 500;
    const { page } = await dashboard.open("/spend", state);
    const rates = page.locator("#rates");
    await rates.getByRole("button", { name: "Try again" }).waitFor();
    expect(await rates.textContent()).toContain("The currencies in use");
    expect(await rates.textContent()).not.toContain("No rates needed");

    delete state.failures["/sites/site_nord/analytics"];
    await rates.getByRole("button", { name: "Try again" }).click();
    await rates.locator("tbody").waitFor();
  });

  test("and Campaigns say the same of a budget, to date, whatever days are chosen", async () => {
    const { page, origin } = await dashboard.open("/spend");
    const spent = await budgetsSaid(page, "Budgets");
    expect(Object.keys(spent).toSorted()).toEqual(["Autumn sale", "Brand search", "Nordic Table podcast"]);
    for (const days of ["from=2026-01-01&to=2026-01-31", `from=${today}&to=${today}`]) {
      await page.goto(`${origin}/campaigns?site=site_nord&${days}`);
      expect(await budgetsSaid(page, "Campaigns")).toEqual(spent);
    }
  });
});

/** Campaign → "€1,234 of €12,000", of those with a budget. */
async function budgetsSaid(page: Page, table: string): Promise<Record<string, string>> {
  await page.getByRole("columnheader", { name: "Spent of budget" }).waitFor();
  await page
    .getByRole("cell", { name: /^€[\d,.]+ of €/ })
    .first()
    .waitFor();
  const rows = await page.getByRole("table", { name: table }).locator("tbody tr").all();
  const said = await Promise.all(
    rows.map(async (row) => {
      const name = (await row.getByRole("link").first().textContent()) ?? "";
      const cells = await row.getByRole("cell").allTextContents();
      const budget = cells.map((text) => /^.+ of €[\d,.]+/.exec(text)?.[0]).find(Boolean);
      return budget === undefined ? [] : [[name, budget] as const];
    }),
  );
  return Object.fromEntries(said.flat());
}
