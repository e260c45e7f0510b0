import { afterAll, beforeAll, describe, expect, test } from "vitest";
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

describe("the editor of a schedule", () => {
  test("shows the next three times with their days, anew after each change, and saves", async () => {
    const state = demoState();
    const { page, errors } = await dashboard.open("/reports/schedules/new", state);
    const times = page.locator(".next-times li");
    await times.nth(2).waitFor();
    await times.first().getByText("Mon, 30 Nov 2026, 09:00 CET").waitFor();
    expect(await times.first().textContent()).toMatch(/about 23\s?–\s?29 Nov 2026$/);
    await page.getByLabel("Hour").selectOption("14");
    await times.first().getByText("15:00 CET").waitFor();
    expect(await times.count()).toBe(3);

    await page.getByRole("button", { name: "Create schedule" }).click();
    await page.getByRole("alert").getByText("Give it a name").waitFor();
    expect(state.calls).not.toContain("POST /report-schedules");
    await page.getByLabel("Name").fill("Sponsor's quarter");
    await page.getByLabel("How often").selectOption("quarterly");
    // The period follows the cadence, until another one is chosen.
    expect(await page.getByLabel("Each report covers").inputValue()).toBe("last_quarter");
    await page.getByRole("button", { name: "Create schedule" }).click();
    await page.getByRole("link", { name: "Sponsor's quarter" }).waitFor();
    expect(state.reporting.schedules[0]).toMatchObject({
      cadence: "quarterly",
      weekday: null,
      monthDay: 1,
      hour: 14,
      timeZone: "Europe/Berlin",
      covers: "last_quarter",
    });
    expect(errors).toEqual([]);
  });

  test("changes what was changed, and leaves the rest as it was asked for", async () => {
    const state = demoState();
    const { page } = await dashboard.open("/reports/schedules/sch_monday", state);
    await page.getByLabel("Name").fill("Monday, nine o'clock");
    await page.getByLabel("Hour").selectOption("9");
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByText("The schedule is saved.").waitFor();
    expect(state.reporting.schedules[0]).toMatchObject({
      name: "Monday, nine o'clock",
      hour: 9,
      model: "linear",
      skipEmpty: true,
      formats: ["pdf", "xlsx"],
      note: "Good morning. These are last week's numbers.",
      branding: null,
    });
  });
});

describe("the list of schedules", () => {
  test("pauses with a way back, runs, tests and deletes", async () => {
    const state = demoState();
    const { page } = await dashboard.open("/reports/schedules", state);
    const line = page.getByRole("listitem").filter({ hasText: "Monday numbers" });
    const choose = async (name: string): Promise<void> => {
      await line.getByRole("button", { name: "More about Monday numbers" }).click();
      await page.getByRole("menuitem", { name }).click();
    };
    await choose("Pause");
    await line.getByText("Paused", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await line.getByText("Paused", { exact: true }).waitFor({ state: "detached" });
    await choose("Send a test to me");
    await page.getByText("mailed to mara@nordkost.example alone").waitFor();
    expect(state.calls).not.toContain("POST /report-schedules/sch_monday/run");
    await choose("Run now, to all");
    await page.getByText("mailed to all recipients").waitFor();
    expect(state.calls.filter((call) => /sch_monday\/(run|test)$/.test(call))).toEqual([
      "POST /report-schedules/sch_monday/test",
      "POST /report-schedules/sch_monday/run",
    ]);
    await choose("Delete");
    await page.getByLabel(/^Type/).fill("Monday numbers");
    await page.getByRole("button", { name: "Delete schedule" }).click();
    await line.waitFor({ state: "detached" });
    expect(state.reporting.schedules.map(({ id }) => id)).toEqual(["sch_sponsor"]);
  });
});
