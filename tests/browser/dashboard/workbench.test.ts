import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AttributionReady } from "#contract/attribution.ts";
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
const asked = (calls: readonly string[]) =>
  calls.filter((call) => call.startsWith("GET /sites/site_nord/attribution?"));
const headers = async (page: Page) =>
  (await page.locator("table.table thead th").allTextContents()).map((text) => text.split("  ")[0] ?? text);

/** The numbers of a column without their margins. */
async function column(page: Page, place: number): Promise<number[]> {
  const cells = await page.locator(`table.table tbody tr > *:nth-child(${place})`).allInnerTexts();
  return cells.map((text) => Number(text.split("±")[0]?.replaceAll(/[€,]/g, "").trim()));
}

describe("the attribution workbench", () => {
  test("shows models side by side with intervals, and each column adds up to the one total", async () => {
    const { page, errors } = await dashboard.open(`/attribution?${DAYS}&figure=revenue`);
    await page.waitForSelector("tfoot");
    const names = await headers(page);
    expect(names.slice(1, 5).map((name) => name.slice(0, 6))).toEqual([
      "Last t",
      "Linear",
      "Positi",
      "Markov",
    ]);
    const totals = (await page.locator("tfoot td").allInnerTexts()).slice(0, 4);
    expect(new Set(totals).size).toBe(1);
    for (const place of [2, 3, 4, 5]) {
      const sum = (await column(page, place)).reduce((whole, part) => whole + Math.round(part * 100), 0);
      expect(sum).toBe(Math.round(Number(totals[0]?.replaceAll(/[€,]/g, "")) * 100));
    }
    const cell = page.getByRole("row", { name: /^Brand search/ }).getByRole("link", { name: /Last touch/ });
    expect(await cell.innerText()).toMatch(/^€[\d,.]+ ± €[\d,.]+$/);
    expect(await page.getByRole("row", { name: /^\(unattributed\)/ }).count()).toBe(1);
    expect(await page.getByRole("row", { name: /^\(no campaign\)/ }).count()).toBe(1);
    expect(errors).toEqual([]);
  });

  test("changes model, lookback, position and group by its controls, and its address restores it all", async () => {
    const { page, state } = await dashboard.open(`/attribution?${DAYS}`);
    await page.waitForSelector("tfoot");
    await page.getByRole("button", { name: "4 models" }).click();
    await page.getByRole("checkbox", { name: /^First touch/ }).check();
    await page.getByRole("checkbox", { name: /^Position/ }).uncheck();
    await page.keyboard.press("Escape");
    await page.getByLabel("Group by").selectOption("channel");
    await page.getByRole("button", { name: "CPA" }).click();
    await page.getByRole("button", { name: /^Attribution options/ }).click();
    await page.getByLabel(/^Lookback window/).focus();
    for (let days = 30; days > 14; days -= 1) await page.keyboard.press("ArrowLeft");
    await page.getByLabel("Position: first, %").fill("30");
    await page.keyboard.press("Enter");
    await page.getByLabel("Direct visits").selectOption("exclude_unless_only");
    const types = page.getByLabel("Type of conversion");
    await types.getByText("purchase (1,386)").waitFor({ state: "attached" });
    expect(await types.locator("option").allInnerTexts()).toEqual([
      "All conversions",
      "purchase (1,386)",
      "newsletter (212)",
    ]);
    await types.selectOption("purchase");
    await page.keyboard.press("Escape");
    await expect.poll(() => asked(state.calls).at(-1), patiently).toContain("type=purchase");

    const last = new URLSearchParams(asked(state.calls).at(-1)?.split("?")[1]);
    expect(Object.fromEntries(last)).toEqual({
      from: "2026-11-01",
      to: "2026-11-23",
      by: "channel",
      lookback: "14",
      direct: "exclude_unless_only",
      position: "30-30-40",
      type: "purchase",
    });
    await page.waitForLoadState("networkidle");
    const before = await page.locator("table.table").innerText();
    const chips = await page.locator(".chips").innerText();
    expect(chips).toMatch(
      /Lookback: 14 days[^]*Direct: only when alone[^]*Position: 30\/30\/40[^]*Type: purchase/,
    );
    await page.reload();
    await page.waitForSelector("tfoot");
    expect(await page.locator("table.table").innerText()).toBe(before);
    expect(await page.locator(".chips").innerText()).toBe(chips);

    await page.getByRole("button", { name: "Remove filter Lookback: 14 days" }).click();
    await expect.poll(() => asked(state.calls).at(-1), patiently).not.toContain("lookback=");
  });

  test("keeps both of two changes that come before the next frame is drawn", async () => {
    const { page, state } = await dashboard.open(`/attribution?${DAYS}`);
    await page.waitForSelector("tfoot");
    await page.getByRole("button", { name: /^Attribution options/ }).click();
    await page.getByLabel("Position: first, %").fill("30");
    await page.getByLabel("Direct visits").evaluate((select: HTMLSelectElement) => {
      (document.activeElement as HTMLElement).blur();
      select.value = "exclude_unless_only";
      select.dispatchEvent(new Event("change", { bubbles: true }));
    });
    await expect.poll(() => asked(state.calls).at(-1), patiently).toContain("direct=exclude_unless_only");
    expect(asked(state.calls).at(-1)).toContain("position=30-30-40");
  });

  test("opens a figure into its journeys, which add up to it to the cent, and follows one of them", async () => {
    const { page, errors } = await dashboard.open(`/attribution?${DAYS}&models=linear,markov`);
    await page.getByRole("link", { name: /^Autumn sale, Linear:/ }).click();
    await page.getByText("All of them together are the figure above").waitFor();
    expect(await page.getByRole("button", { name: "Show more" }).count()).toBe(1);
    expect(await page.locator(".credited-row").count()).toBe(20);
    await page.getByRole("button", { name: "Show more" }).click();
    await page.getByText("The 26 lines below add up to it, to the cent.").waitFor();
    const whole = await page.locator(".figure-numbers").innerText();
    const parts = await page.locator(".credited-got strong").allInnerTexts();
    const cents = (text: string) =>
      Math.round(Number(text.replaceAll(/[€,\s]/g, "").replace("−", "-")) * 100);
    expect(parts.reduce((sum, text) => sum + cents(text), 0)).toBe(cents(/€[\d,.]+/.exec(whole)?.[0] ?? ""));

    await page.getByRole("link", { name: /^Refund/ }).click();
    await page.getByRole("heading", { name: "One journey" }).waitFor();
    await page.getByText("does not count: too long before").waitFor();
    await page.getByText(/Refund of €/).waitFor();
    const address = page.url();
    const before = await page.locator("main").innerText();
    await page.goto(address);
    await page.getByText(/Refund of €/).waitFor();
    expect(await page.locator("main").innerText()).toBe(before);
    await page.getByRole("link", { name: /What made this figure/ }).click();
    await page.waitForURL(/under=linear&kind=group&key=cmp_autumn/);
    await page.getByRole("link", { name: /^← Attribution/ }).click();
    await page.waitForURL(/\/attribution\?.*models=linear%2Cmarkov/);
    expect(errors).toEqual([]);
  });

  test("opens a Markov figure into what would be lost without the group and where journeys went", async () => {
    const { page } = await dashboard.open(
      `/attribution/figure?${DAYS}&under=markov&kind=group&key=cmp_autumn`,
    );
    await page.getByText(/of conversions would be lost without Autumn sale/).waitFor();
    expect(await page.locator(".chain-number").innerText()).toBe("21.4%");
    expect(await page.getByText("add up to it, to the cent").count()).toBe(0);
    await page.getByLabel("Model").selectOption("last");
    await page.waitForURL(/under=last/);
    await page.getByText("All of them together are the figure above").waitFor();
    expect(await page.locator(".chain-number").count()).toBe(0);
  });

  test("that is still being worked out says so, and arrives without a press", async () => {
    const state = demoState();
    const longEnough = 1_000_000;
    state.computing = longEnough;
    const { page } = await dashboard.open(`/attribution?${DAYS}`, state);
    await page.getByText("Working it out").waitFor();
    expect(await page.locator("tfoot").count()).toBe(0);
    const answered = longEnough - state.computing;
    state.computing = 2;
    await page.waitForSelector("tfoot");
    expect(await page.getByText("Working it out").count()).toBe(0);
    expect(asked(state.calls)).toHaveLength(answered + 3);
  });

  test("says why Markov has no figures, and mends it with one press", async () => {
    const state = demoState();
    state.tooManyStates = true;
    const { page } = await dashboard.open(`/attribution?${DAYS}&order=3`, state);
    await page.getByText("Markov has no figures: too many combinations.").waitFor();
    await page.getByRole("button", { name: "Use order 1" }).click();
    await expect.poll(() => asked(state.calls).at(-1), patiently).not.toContain("order=");
    await page.getByRole("button", { name: "Group by channel" }).click();
    await expect.poll(() => asked(state.calls).at(-1), patiently).toContain("by=channel");
  });

  test("says where spend is known when a ratio to it has no base, and goes there", async () => {
    const { page } = await dashboard.open(`/attribution?${DAYS}&by=creative&figure=cpa`);
    await page.getByText("No CPA by creative.").waitFor();
    expect(await page.locator(".spread").count()).toBe(0);
    await page.getByRole("button", { name: "Group by campaign" }).click();
    await page.waitForSelector(".spread");
    expect(page.url()).toContain("figure=cpa");
  });

  test("says that spend has no rate rather than that there is none, and goes to the rates", async () => {
    const { page } = await dashboard.open(`/attribution?${DAYS}&figure=cpa`);
    const noRate = { value: null, reason: "currency_mismatch" } as const;
    await page.route("**/api/v1/sites/*/attribution?*", async (route) => {
      const response = await route.fetch();
      const answer = (await response.json()) as AttributionReady;
      Object.assign(answer.totals, { spendMinor: null, isSpendForeign: true });
      for (const row of answer.rows) {
        row.spendMinor = null;
        for (const credit of Object.values(row.credits)) credit.cpa = noRate;
      }
      await route.fulfill({ response, json: answer });
    });
    await page.reload();
    await page.getByText("No CPA: rates are missing.").waitFor();
    expect(await page.getByText("No spend on these days").count()).toBe(0);
    await page.getByRole("link", { name: "Look at the rates" }).click();
    await page.waitForURL(/\/spend/);
  });

  test("says that nothing was sold for what was spent rather than that nothing was spent", async () => {
    const { page } = await dashboard.open(`/attribution?${DAYS}&figure=cpa`);
    const noSale = { value: null, reason: "no_conversions" } as const;
    await page.route("**/api/v1/sites/*/attribution?*", async (route) => {
      const response = await route.fetch();
      const answer = (await response.json()) as AttributionReady;
      Object.assign(answer.totals, { conversions: 0, spendMinor: 120_000, isSpendForeign: false });
      for (const row of answer.rows) {
        row.spendMinor = 30_000;
        for (const credit of Object.values(row.credits)) credit.cpa = noSale;
      }
      await route.fulfill({ response, json: answer });
    });
    await page.reload();
    await page.getByText("No CPA without a conversion.").waitFor();
    expect(await page.getByText("No spend on these days").count()).toBe(0);
  });

  test("greys what too few journeys made, and explains it on focus", async () => {
    const { page } = await dashboard.open("/attribution?site=site_nord&from=2026-11-20&to=2026-11-20");
    const few = page.locator(".figure-few").first();
    await few.focus();
    expect(await page.getByRole("tooltip").textContent()).toMatch(/^Too few: \d+ converting journeys?\./);
    expect(await few.innerText()).not.toContain("±");
  });

  test("that cannot be loaded says so with the request's id and keeps its controls", async () => {
    const state = demoState();
    state.failures["/sites/site_nord/attribution"] = 500;
    const { page } = await dashboard.open(`/attribution?${DAYS}`, state);
    expect(await page.getByRole("alert").textContent()).toContain("req_7f3c");
    expect(await page.getByLabel("Group by").count()).toBe(1);
    state.failures = {};
    await page.getByRole("button", { name: "Try again" }).click();
    await page.waitForSelector("tfoot");
  });

  test("saves a run, which is listed and compared with another by the reasons of the difference", async () => {
    const { page, state } = await dashboard.open(`/attribution?${DAYS}&lookback=7`);
    await page.waitForSelector("tfoot");
    await page.getByRole("button", { name: "Save as run" }).click();
    await page.getByLabel("Name").fill("November so far");
    await page.getByRole("button", { name: "Save run" }).click();
    await page.getByRole("link", { name: "November so far" }).waitFor();
    expect(state.runs[0]).toMatchObject({ by: "campaign", models: ["last", "linear", "position", "markov"] });

    await page.getByRole("link", { name: "October, recomputed" }).click();
    const reasons = page.getByRole("table", { name: "Differences by reason" });
    await reasons.waitFor();
    expect(await reasons.locator("tbody th").allInnerTexts()).toEqual([
      "Late or corrected data",
      "Refunds",
      "Spend",
    ]);
    expect(await reasons.locator("tfoot").innerText()).toContain("+€94.50");
    expect(await page.locator(".figure-link").count()).toBe(0);
  });

  test("keeps a type of conversion that these days have none of, and takes it away again", async () => {
    const { page, state } = await dashboard.open(`/attribution?${DAYS}&conversion=booking`);
    await page.waitForSelector("tfoot");
    await page.getByRole("button", { name: /^Attribution options/ }).click();
    const types = page.getByLabel("Type of conversion");
    await types.getByText("newsletter (212)").waitFor({ state: "attached" });
    expect(await types.inputValue()).toBe("booking");
    await types.selectOption({ label: "All conversions" });
    await expect.poll(() => asked(state.calls).at(-1), patiently).not.toContain("type=");
  });

  test("lists the single changes of a comparison by reason, and leads to their journeys and back", async () => {
    const { page, errors } = await dashboard.open(`/attribution/runs/run_again?${DAYS}`);
    const changes = page.getByRole("region", { name: "Single changes" });
    await changes.getByText("Late or corrected data").click();
    const late = changes.getByRole("link", { name: /^Conversion, 17 Oct/ });
    expect(await late.count()).toBe(2);
    expect(await changes.locator("details[open] .example").first().innerText()).toMatch(/\+1[^]*\+€189\.00/);
    await changes.getByText("Refunds").click();
    await changes.getByText("(its journey is gone)").waitFor();
    expect(await changes.getByRole("link", { name: /^Refund/ }).count()).toBe(1);
    await late.first().click();
    await page.getByRole("heading", { name: "One journey" }).waitFor();
    await page.getByText("Shares under last touch").waitFor();
    await page.getByRole("link", { name: "What changed" }).click();
    await page.waitForURL(/\/attribution\/runs\/run_again\?.*with=run_october/);
    await changes.waitFor();
    expect(errors).toEqual([]);
  });

  test("renames a run where its name stands, with the keyboard alone, and leaves it on Esc", async () => {
    const { page, state, errors } = await dashboard.open(`/attribution/runs/run_october?${DAYS}`);
    const rename = page.getByRole("button", { name: "Rename this run" });
    await rename.focus();
    await page.keyboard.press("Enter");
    const name = page.getByRole("textbox", { name: "Name" });
    expect(await name.evaluate((input) => input === document.activeElement)).toBe(true);
    await page.keyboard.type("Something else");
    await page.keyboard.press("Escape");
    await name.waitFor({ state: "detached" });
    await page.getByRole("heading", { level: 1, name: "October, as reported" }).waitFor();
    expect(state.runs.map((run) => run.name)).not.toContain("Something else");
    expect(await rename.evaluate((button) => button === document.activeElement)).toBe(true);

    await page.keyboard.press("Enter");
    await name.fill("  ");
    await page.keyboard.press("Enter");
    await page.getByText("Give the run a name").waitFor();
    await name.fill("October, as sent to the board");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "October, as sent to the board" }).waitFor();
    expect(state.runs.at(-1)).toMatchObject({ id: "run_october", name: "October, as sent to the board" });
    await expect.poll(() => page.title(), patiently).toBe("October, as sent to the board · Waymark");
    expect(errors).toEqual([]);
  });

  test("offers no other name to someone who only reads", async () => {
    const state = demoState();
    state.me.role = "viewer";
    const { page } = await dashboard.open(`/attribution/runs/run_october?${DAYS}`, state);
    await page.getByRole("heading", { level: 1, name: "October, as reported" }).waitFor();
    expect(await page.getByRole("button", { name: "Rename this run" }).count()).toBe(0);
  });
});
