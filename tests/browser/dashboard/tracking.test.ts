import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Ledger } from "#contract/sites.ts";
import { patiently } from "#tests/support/patiently.ts";
import { demoState } from "./fixture-state.ts";
import type { FixtureState } from "./fixture-state.ts";
import { startDashboard } from "./open-dashboard.ts";
import type { Dashboard } from "./open-dashboard.ts";

const VISITOR = "0197f3c2-8e1a-7000-8000-000000000001";

let dashboard: Dashboard;

beforeAll(async () => {
  dashboard = await startDashboard();
});
afterAll(async () => {
  await dashboard.close();
});

function superadmin(): FixtureState {
  const state = demoState();
  state.me.superadmin = true;
  return state;
}

describe("tracking health", () => {
  test("shows a sum that adds up, and says so", async () => {
    const { page } = await dashboard.open("/tracking-health");
    await page.getByText("Every event accounted for").waitFor();
    const figures = await page.locator(".ledger-sum strong").allTextContents();
    const [received = 0, ...fates] = figures.map((text) => Number(text.replaceAll(",", "")));
    expect(fates.reduce((sum, fate) => sum + fate, 0)).toBe(received);
    const total = await page.locator("tfoot td").first().textContent();
    expect(Number(total?.replaceAll(",", ""))).toBe(received);
    expect(await page.getByRole("heading", { name: "Events arrive" }).count()).toBe(1);
  });

  test("names the day that does not balance, and does not call it accounted for", async () => {
    const { page } = await dashboard.open("/campaigns");
    await page.route("**/ledger?*", async (route) => {
      const answer = await route.fetch();
      const ledger = (await answer.json()) as Ledger;
      const last = ledger.items.at(-1);
      if (last) last.received += 4;
      ledger.totals.received += 4;
      await route.fulfill({ response: answer, json: { ...ledger, isBalanced: false } });
    });
    await page.getByRole("link", { name: "Tracking health" }).click();
    await page.getByText("This sum does not balance.").waitFor();
    expect(await page.locator(".ledger-wrong").allTextContents()).toEqual(["4", "4"]);
    expect(await page.getByText("Every event accounted for").count()).toBe(0);
  });

  test("names why requests were refused, and shows no such card where none was", async () => {
    const { page } = await dashboard.open("/tracking-health");
    const card = page
      .locator(".card")
      .filter({ has: page.getByRole("heading", { name: "Refused requests" }) });
    await card.getByText("Not from an allowed page").waitFor();
    expect(await card.locator(".reason-count").allTextContents()).toEqual(["412", "3"]);

    const state = demoState();
    state.health = { refused: { since: "2026-11-24T09:00:00.000Z", byCode: [] } };
    const { page: quiet } = await dashboard.open("/tracking-health", state);
    await quiet.getByRole("heading", { name: "Events arrive" }).waitFor();
    expect(await quiet.getByRole("heading", { name: "Refused requests" }).count()).toBe(0);
  });

  test("of a silent site names since when, and what is usual", async () => {
    const state = demoState();
    state.health = {
      state: "quiet",
      lastReceivedAt: "2026-11-24T09:00:00.000Z",
      expectedEvents: 640,
      lag: null,
    };
    const { page } = await dashboard.open("/tracking-health", state);
    await page.getByRole("heading", { name: "Nothing since 24 Nov 2026, 10:00" }).waitFor();
    await page.getByText("about 640 events").waitFor();
    expect(await page.getByText("No event in the last hour to measure").count()).toBe(1);
  });

  test("keeps the span in the address, shows only quiet pages when asked, and survives what fails", async () => {
    const state = demoState();
    const { page } = await dashboard.open("/tracking-health", state);
    await page.getByRole("group", { name: "Span" }).getByRole("button", { name: "24 hours" }).click();
    await page.waitForURL(/span=24h/);
    await page.getByRole("button", { name: "Quiet (1)" }).click();
    const pages = page.getByRole("region", { name: "Pages that report" }).locator("tbody tr");
    expect(await pages.allTextContents()).toHaveLength(1);
    expect(await pages.first().textContent()).toContain("/newsletter/thanks");

    state.failures["/sites/site_nord/ledger"] = 503;
    await page.getByRole("button", { name: "30 days" }).click();
    await page.getByText("The ledger could not be loaded").waitFor();
    delete state.failures["/sites/site_nord/ledger"];
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText("Every event accounted for").waitFor();
  });
});

describe("checking a page", () => {
  test("tells each cause with the text that mends it, by keyboard alone", async () => {
    const { page, state } = await dashboard.open("/tracking-health");
    await page.getByLabel("Address of the page").fill("nordkost.example/sale");
    await page.keyboard.press("Enter");
    await page.getByText("A security policy keeps events from being sent.").waitFor();
    await page
      .getByText("connect-src 'self' https://api.nordkost.example https://c.waymark.example")
      .waitFor();
    expect(await page.getByRole("button", { name: "Copy directive" }).count()).toBe(1);
    expect(state.calls).toContain("POST /sites/site_nord/install-check");
  });

  test("keeps a refused address, with the reason at the field", async () => {
    const { page } = await dashboard.open("/tracking-health");
    const field = page.getByLabel("Address of the page");
    await field.fill("https://other.example/");
    await page.getByRole("button", { name: "Check my page" }).click();
    await page.getByText("other.example is not a host of this site").waitFor();
    expect(await field.inputValue()).toBe("https://other.example/");
    expect(await field.getAttribute("aria-invalid")).toBe("true");
  });

  test("while the first event is waited for, what keeps it away is said where one waits", async () => {
    const state = demoState();
    for (const site of state.sites) site.firstEventAt = null;
    const recent = { bodies: 2, received: 2, stored: 0, duplicate: 0, bot: 2, rejected: 0, deadLettered: 0 };
    state.health = { state: "nothing_stored", recent };
    const { page } = await dashboard.open("/welcome?step=install", state);
    await page.getByText("Events arrive, but none is stored").waitFor();
    expect(await page.getByText("Of the last 2 events not one counts: 2 bots.").count()).toBe(1);

    state.health = {
      state: "never",
      refused: { since: new Date().toISOString(), byCode: [{ code: "origin_not_allowed", requests: 3 }] },
    };
    await page.getByText("Requests arrive, but are refused").waitFor();
    expect(await page.getByText("Waiting for the first event…").count()).toBe(0);
    await page.getByRole("link", { name: "See the reasons in Tracking health" }).click();
    await page.waitForURL(/\/tracking-health/);
  });

  test("is offered while the first event is waited for", async () => {
    const state = demoState();
    for (const site of state.sites) site.firstEventAt = null;
    const { page } = await dashboard.open("/welcome?step=install", state);
    await page.getByText("Nothing yet? Check my page").click();
    await page.getByRole("button", { name: "Check my page" }).click();
    await page.getByText("The snippet is there 2 times.").waitFor();
    expect(await page.getByRole("button", { name: "Go on while we wait" }).count()).toBe(1);
  });
});

describe("dead letters", () => {
  test("are nowhere to be seen for whoever does not run the installation", async () => {
    const { page, state } = await dashboard.open("/admin/dead-letters");
    await page.getByText("There is no page at this address").waitFor();
    expect(await page.getByRole("link", { name: "Dead letters" }).count()).toBe(0);
    expect(state.calls.filter((call) => call.includes("/admin/"))).toEqual([]);
  });

  test("show a message masked until it is asked for in clear, and store it", async () => {
    const { page, state } = await dashboard.open("/admin/dead-letters", superadmin());
    await page.getByRole("button", { name: /look at letter dlt_main_14/ }).click();
    const message = page.locator(".letter-message");
    await message.waitFor();
    expect(await message.textContent()).not.toContain("a@b.example");
    expect(state.calls.filter((call) => call.includes("disclosures"))).toEqual([]);
    await page.getByRole("button", { name: "Show in clear" }).click();
    await page.getByText("Shown in clear.").waitFor();
    expect(await message.textContent()).toContain("a@b.example");

    await page.getByRole("button", { name: "Store it now" }).click();
    await message.waitFor({ state: "detached" });
    await page.getByRole("button", { name: /look at letter dlt_main_14/ }).waitFor({ state: "detached" });
    expect(await page.locator(".letters-open").count()).toBe(3);
  });

  test("can be narrowed to one reason and stored all at once; what fails again stays", async () => {
    const { page } = await dashboard.open("/admin/dead-letters", superadmin());
    await page.getByRole("button", { name: /Written by a version/ }).click();
    await page.waitForURL(/reason=unreadable/);
    await page.getByRole("button", { name: "Remove filter Reason: unreadable" }).click();
    await page.getByRole("button", { name: "Store all that wait" }).click();
    await page.getByText("3 stored, 1 failed again").waitFor();
    // The list is asked for anew behind the notice.
    await expect.poll(async () => await page.locator(".letters-open").count(), patiently).toBe(1);
  });
});

describe("one visitor's data", () => {
  test("is downloaded as it is answered", async () => {
    const { page } = await dashboard.open("/settings/privacy");
    await page.getByLabel("Visitor id").fill(` ${VISITOR.toUpperCase()} `);
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export" }).click();
    const file = await saved;
    expect(file.suggestedFilename()).toBe(`visitor-${VISITOR}.json`);
    expect(JSON.parse(await readFile(await file.path(), "utf8"))).toEqual({
      visitor: { id: VISITOR },
      events: [],
    });
  });

  test("is erased only when the id is typed once more", async () => {
    const { page, state } = await dashboard.open("/settings/privacy");
    await page.getByLabel("Visitor id").fill("nobody");
    await page.getByRole("button", { name: "Erase…" }).click();
    expect(await page.getByText("A visitor id has 32 digits").count()).toBeGreaterThan(0);
    await page.getByLabel("Visitor id").fill(VISITOR);
    await page.getByRole("button", { name: "Erase…" }).click();
    await page.getByRole("button", { name: "Erase visitor" }).click();
    const erasures = () => state.calls.filter((call) => call.startsWith("DELETE"));
    expect(erasures()).toEqual([]);
    await page.getByLabel(/to confirm/).fill(VISITOR);
    await page.getByRole("button", { name: "Erase visitor" }).click();
    await page.getByText("The visitor is being erased.").waitFor();
    expect(erasures()).toEqual([`DELETE /sites/site_nord/visitors/${VISITOR}`]);
  });

  test("is not offered to those who may not", async () => {
    const state = demoState();
    state.me.role = "marketer";
    const { page } = await dashboard.open("/settings/privacy", state);
    await page.getByRole("form", { name: "Privacy" }).waitFor();
    expect(await page.getByLabel("Visitor id").count()).toBe(0);
  });
});
