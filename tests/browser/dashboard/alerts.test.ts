import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoState } from "./fixture-state.ts";
import { startDashboard, type Dashboard } from "./open-dashboard.ts";

let dashboard: Dashboard;
beforeAll(async () => {
  dashboard = await startDashboard();
});
afterAll(async () => await dashboard.close());

describe("alerts", () => {
  it("say what is wrong, are counted in the rail, and are acknowledged with one press", async () => {
    const { page, state, errors } = await dashboard.open("/alerts");
    const firing = page.getByRole("list", { name: "Alerts that fire, newest first" });
    await firing.getByText("18 conversions from").waitFor();
    expect(await page.locator(".rail-count").textContent()).toBe("1 not acknowledged");
    await page.getByRole("button", { name: "Acknowledge Fewer conversions than usual: Bean Shop" }).click();
    await firing.getByText(`Seen by ${state.me.name}`, { exact: true }).waitFor();
    await page.locator(".rail-count").waitFor({ state: "detached" });
    expect(state.calls).toContain("POST /alerts/alt_drop/acknowledge");
    expect(errors).toEqual([]);
  });

  it("are told whatever is not known, and offer a viewer nothing to press", async () => {
    const state = demoState();
    state.me.role = "viewer";
    const { page } = await dashboard.open("/alerts", state);
    await page.getByText(/Not known since .*: there is no exchange rate/).waitFor();
    expect(await page.getByRole("button", { name: /^Acknowledge/ }).count()).toBe(0);
    await page.goto(`${new URL(page.url()).origin}/alerts?tab=channels`);
    await page.getByText("Pager").first().waitFor();
    expect(await page.getByRole("button", { name: /Add channel|Send a test|Remove/ }).count()).toBe(0);
  });

  it("are no client's", async () => {
    const state = demoState();
    state.me.role = "client";
    const { page } = await dashboard.open("/tracking-health", state);
    await page.getByRole("link", { name: "Tracking health" }).first().waitFor();
    expect(await page.getByRole("link", { name: /^Alerts/ }).count()).toBe(0);
    expect(state.calls.filter((call) => call.includes("/alerts"))).toEqual([]);
  });
});

describe("rules and channels", () => {
  it("a rule is changed, and a number that is refused is told at its field", async () => {
    const { page, state } = await dashboard.open("/alerts?tab=rules");
    await page.getByRole("button", { name: "Change Fewer conversions than usual" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Fewer than usual by (%)").fill("99");
    await dialog.getByRole("button", { name: "Save rule" }).click();
    await dialog.locator(".field-error", { hasText: "too large" }).waitFor();
    await dialog.getByLabel("Fewer than usual by (%)").fill("30");
    await dialog.getByLabel("Pager").uncheck();
    await dialog.getByRole("button", { name: "Save rule" }).click();
    await dialog.waitFor({ state: "detached" });
    expect(state.calls.filter((call) => call.startsWith("PUT"))).toHaveLength(2);
  });

  it("a rule keeps whom it tells when it is changed while nobody knows which channels there are", async () => {
    const state = demoState();
    state.failures["/alert-channels"] = 500;
    const { page } = await dashboard.open("/alerts?tab=rules", state);
    const rule = page.getByRole("listitem").filter({ hasText: "Spends faster than planned" });
    await rule.getByText("Told to one channel").waitFor();
    await rule.getByRole("button", { name: "Change Spends faster than planned" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Ahead of its budget by (%)").fill("25");
    await dialog.getByRole("button", { name: "Save rule" }).click();
    await dialog.waitFor({ state: "detached" });
    expect(state.savedRules).toMatchObject([{ channels: ["ach_slack"], parameters: { percent: 25 } }]);
  });

  it("a webhook's secret is shown once, and a test says whether it arrived", async () => {
    const { page } = await dashboard.open("/alerts?tab=channels");
    await page.getByRole("button", { name: "Add channel" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Kind").selectOption("webhook");
    await dialog.getByLabel("Address").fill("https://pager.example.com/new");
    await dialog.getByLabel("Name").fill("Second pager");
    await dialog.getByRole("button", { name: "Add channel" }).click();
    await page.getByText(/^whsec_/).waitFor();
    await page.getByRole("button", { name: "I have copied it" }).click();
    await page.getByRole("button", { name: "Send a test to #marketing" }).click();
    await page.getByRole("listitem").filter({ hasText: "#marketing" }).getByText("Works").waitFor();
    expect(await page.getByText(/^whsec_/).count()).toBe(0);
  });
});
