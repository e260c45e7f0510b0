import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CreateReportRequest } from "#contract/reports.ts";
import { ENGLISH } from "#rendering/words/en/english.ts";
import { reportVoice } from "#rendering/words/report-voice.ts";
import { kpiValue } from "#rendering/words/kpi-words.ts";
import { figureCells } from "#rendering/words/figure-cells.ts";
import { sampleReport } from "#tests/rendering/sample-report.ts";
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

describe("a new report", () => {
  test("is ordered with what was chosen, watched until it is ready, and then read", async () => {
    const state = demoState();
    const { page, errors } = await dashboard.open("/reports", state);
    const asked = requestsOf(page, "/api/v1/reports");
    await page.getByRole("button", { name: "New report" }).click();
    await page.getByRole("dialog").getByText("Sponsor report").click();
    await page.getByRole("checkbox", { name: "Autumn sale" }).check();
    await page.getByRole("button", { name: "A period up to yesterday" }).click();
    await page.getByLabel("Period").selectOption("last_quarter");
    await page.getByLabel(/^Title/).fill("Autumn for the sponsor");
    await page.getByLabel("Recipients").fill("mara@nordkost.example, new@radio.example");
    await page.getByRole("list", { name: "Whether they get it" }).getByText("Will be asked").waitFor();
    await page.getByRole("checkbox", { name: /^XLSX/ }).check();
    await page.getByText("What it shows, and how it looks").click();
    await page.getByLabel("Language").selectOption("de");
    await page.getByRole("checkbox", { name: /^Journeys/ }).uncheck();
    await page.getByRole("button", { name: "Create report" }).click();

    await page.getByText("It is being built.").waitFor();
    await page.locator(".rv-how").waitFor();
    expect(new URL(page.url()).pathname).toBe("/reports/rep_new");
    expect(asked[0]).toMatchObject({
      kind: "sponsor",
      campaignIds: ["cmp_autumn"],
      period: "last_quarter",
      title: "Autumn for the sponsor",
      recipients: ["mara@nordkost.example", "new@radio.example"],
      formats: ["pdf", "xlsx"],
      language: "de",
      locale: "de-DE",
      sections: ["kpis", "chart", "campaigns", "attribution"],
    });
    expect(asked[0]).not.toHaveProperty("from");
    expect(errors).toEqual([]);
  });

  test("of a sponsor without campaigns is not ordered, and says why at the field", async () => {
    const state = demoState();
    const { page } = await dashboard.open("/reports", state);
    await page.getByRole("button", { name: "New report" }).click();
    await page.getByRole("dialog").getByText("Sponsor report").click();
    await page.getByRole("button", { name: "Create report" }).click();
    await page.getByRole("alert").getByText("Choose the sponsor's campaigns").waitFor();
    expect(state.calls.filter((call) => call === "POST /reports")).toEqual([]);
  });
});

describe("a report on screen", () => {
  test("says the figures of its model, in the words and formats of its files", async () => {
    const state = demoState();
    state.reporting.model = sampleReport({ language: "de", locale: "de-DE" });
    const { page } = await dashboard.open("/reports/rep_october", state);
    await page.locator(".rv-how").waitFor();
    const { model } = state.reporting;
    const voice = reportVoice(model);
    const tiles = await page
      .locator(".rv-tile")
      .evaluateAll((elements) =>
        elements.map((element) => [
          element.getAttribute("data-kpi"),
          element.querySelector(".rv-tile-value")?.textContent,
        ]),
      );
    expect(tiles).toEqual(model.kpis.map((kpi) => [kpi.key, kpiValue(kpi, voice)]));

    const channels = page.getByRole("table", { name: voice.words.sections.channels.title });
    const shown = await channels
      .locator("tbody tr")
      .evaluateAll((rows) =>
        rows.map((row) => [...row.querySelectorAll("td")].map((cell) => cell.textContent)),
      );
    const columns = ["impressions", "clicks", "visitors", "conversions", "revenue", "spend", "roas"] as const;
    expect(shown).toEqual(model.channels?.rows.map((row) => figureCells(row, columns, voice)));
    expect(await page.locator("article").getAttribute("lang")).toBe("de");
    expect(await page.locator("article").textContent()).not.toContain(ENGLISH.sections.howComputed.title);
  });

  test("tells of each mail how it ended and what to do, and sends an unknown one again", async () => {
    const state = demoState();
    const { page } = await dashboard.open("/reports/rep_october", state);
    const mails = page.getByRole("list", { name: "Mails by recipient" });
    const unknown = mails.getByRole("listitem").filter({ hasText: "agency@partner.example" });
    await unknown.getByText("Ask the recipient.").waitFor();
    await unknown.getByRole("button", { name: "3 attempts" }).click();
    await unknown.getByText("429 too many requests").first().waitFor();
    expect(await unknown.locator(".attempts li").count()).toBe(3);
    await unknown.getByRole("button", { name: "Send again" }).click();
    await page.getByText("It goes out to agency@partner.example once more.").waitFor();
    expect(state.calls).toContain("POST /report-deliveries/dlv_2/resend");
    const sent = mails.getByRole("listitem").filter({ hasText: "boss@nordkost.example" });
    expect(await sent.getByRole("button", { name: "Send again" }).count()).toBe(0);
  });

  test("sends a mail again under the same key when no answer came, and under another when one did", async () => {
    const { page } = await dashboard.open("/reports/rep_october");
    const mails = page.getByRole("list", { name: "Mails by recipient" });
    const unknown = mails.getByRole("listitem").filter({ hasText: "agency@partner.example" });
    const keys: (string | undefined)[] = [];
    await page.route("**/resend", async (route) => {
      keys.push(route.request().headers()["idempotency-key"]);
      await (keys.length === 1 ? route.abort() : route.continue());
    });
    const again = unknown.getByRole("button", { name: "Send again" });
    await again.click();
    await page.getByText("No answer came back.").waitFor();
    await again.click();
    await page.getByText("It goes out to agency@partner.example once more.").waitFor();
    await again.click();
    await expect.poll(() => keys.length, patiently).toBe(3);
    expect(keys[0]).toMatch(/^[\w-]{36}$/);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  test("worked out anew is set beside the first, and the reasons add up", async () => {
    const { page } = await dashboard.open("/reports/rep_october");
    await page.getByRole("button", { name: "Recompute" }).click();
    const reasons = page.getByRole("table", { name: "Differences by reason" });
    await reasons.waitFor();
    expect(new URL(page.url()).pathname).toBe("/reports/rep_recomputed");
    // 149.70 − 49.90 = 99.80
    expect(await reasons.locator("tfoot").textContent()).toContain("+€99.80");
  });

  test("that a viewer looks at can be read, and nothing of it changed", async () => {
    const state = demoState();
    state.me.role = "viewer";
    const { page } = await dashboard.open("/reports/rep_october", state);
    await page.locator(".rv-how").waitFor();
    for (const name of ["Recompute", "Delete", "New link", "Send again"]) {
      expect(await page.getByRole("button", { name }).count()).toBe(0);
    }
  });
});

/** Bodies of what is sent there from now on. */
function requestsOf(page: Page, path: string): CreateReportRequest[] {
  const bodies: CreateReportRequest[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST" && new URL(request.url()).pathname === path) {
      bodies.push(request.postDataJSON() as CreateReportRequest);
    }
  });
  return bodies;
}
