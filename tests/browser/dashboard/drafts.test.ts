import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
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

const NOTE = "Episode 12, first half";

async function openNewLink(page: Page): Promise<void> {
  await page.getByRole("button", { name: "New link" }).click();
  await page.getByRole("dialog").waitFor();
}

async function typeNote(page: Page): Promise<void> {
  await openNewLink(page);
  await page.getByLabel("Note").fill(NOTE);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

async function signIn(page: Page): Promise<void> {
  await page.getByLabel("E-mail").fill("mara@nordkost.example");
  await page.getByLabel("Password").fill("correct horse");
  await page.getByRole("button", { name: "Sign in" }).click();
}

async function typeAtSite(page: Page, name: string): Promise<void> {
  await page.getByRole("textbox", { name: "Name" }).fill(name);
}

async function switchSite(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: /Switch site/ }).click();
  await page.getByRole("menuitem", { name }).click();
  await page.waitForURL(/site=site_wein/);
}

async function expectNothingTyped(page: Page): Promise<void> {
  await expect
    .poll(async () => await page.getByRole("textbox", { name: "Name" }).inputValue(), patiently)
    .toBe("");
  expect(await page.getByText("Your draft is back.").count()).toBe(0);
}

const kept = (page: Page) => page.evaluate(() => JSON.stringify(Object.entries(sessionStorage)));

describe("what was typed and not saved", () => {
  test("is back when a dialog that was closed by Esc is opened again, and goes when it is discarded", async () => {
    const { page, errors } = await dashboard.open("/reports");
    const open = () => page.getByRole("button", { name: "New report" }).click();
    await open();
    await page.getByLabel(/^Title/).fill("Autumn for the sponsor");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });

    await open();
    await page.getByText("Your draft is back.").waitFor();
    expect(await page.getByLabel(/^Title/).inputValue()).toBe("Autumn for the sponsor");
    await page.getByRole("button", { name: "Discard" }).click();
    expect(await page.getByLabel(/^Title/).inputValue()).toBe("");
    expect(await page.getByText("Your draft is back.").count()).toBe(0);
    expect(await page.locator("dialog form :focus").count()).toBe(1);

    await page.keyboard.press("Escape");
    await open();
    await page.getByLabel(/^Title/).waitFor();
    expect(await page.getByText("Your draft is back.").count()).toBe(0);
    expect(errors).toEqual([]);
  });

  test("is back after a click beside the dialog, and after the page is loaded anew", async () => {
    const { page } = await dashboard.open("/links");
    await openNewLink(page);
    await page.getByLabel("Note").fill(NOTE);
    await page.mouse.click(20, 20);
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.reload();
    await openNewLink(page);
    expect(await page.getByLabel("Note").inputValue()).toBe(NOTE);
  });

  test("is back when a page of its own was left by the rail", async () => {
    const { page } = await dashboard.open("/campaigns/new");
    await page.getByLabel("Name").fill("Winter sale");
    await page.getByRole("link", { name: "Spend", exact: true }).click();
    await page.getByRole("heading", { name: "Spend", level: 1 }).waitFor();
    await page.goBack();
    await page.getByText("Your draft is back.").waitFor();
    expect(await page.getByLabel("Name").inputValue()).toBe("Winter sale");
  });

  test("is back when another tab of the settings was looked at", async () => {
    const { page } = await dashboard.open("/settings/general");
    const name = page.getByRole("textbox", { name: "Name" });
    await name.fill("Nordkost shop");
    await page.getByRole("link", { name: "Members" }).click();
    await page.getByText("Jon Aster").waitFor();
    await page.getByRole("link", { name: "General" }).click();
    await page.getByText("Your draft is back.").waitFor();
    expect(await name.inputValue()).toBe("Nordkost shop");
  });

  test("of pasted spend is back, too", async () => {
    const { page } = await dashboard.open("/spend");
    const open = () => page.getByRole("button", { name: "Import" }).first().click();
    await open();
    await page.getByLabel("Or paste cells").fill("Day\tCost");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await open();
    await page.getByText("Your draft is back.").waitFor();
    expect(await page.getByLabel("Or paste cells").inputValue()).toBe("Day\tCost");
  });

  test("of new spend is back for the campaign and the day it was typed for, whatever comes first by then", async () => {
    const { page, state } = await dashboard.open("/spend");
    const open = () => page.getByRole("button", { name: "Add spend" }).first().click();
    await open();
    const campaign = page.getByRole("dialog").getByLabel("Campaign");
    const before = [await campaign.inputValue(), await page.getByLabel("Day", { exact: true }).inputValue()];
    await page.getByLabel("Amount").fill("120.50");
    await page.keyboard.press("Escape");
    state.campaigns.reverse();
    await page.clock.install({ time: Date.now() + 24 * 60 * 60 * 1000 });
    await page.reload();
    await open();
    await page.getByText("Your draft is back.").waitFor();
    const after = [await campaign.inputValue(), await page.getByLabel("Day", { exact: true }).inputValue()];
    expect(after).toEqual(before);
    expect(await page.getByLabel("Amount").inputValue()).toBe("120.50");
  });

  test("is gone once it is saved", async () => {
    const { page } = await dashboard.open("/links");
    await typeNote(page);
    await openNewLink(page);
    await page.getByText("Your draft is back.").waitFor();
    await page.getByRole("button", { name: "Create link" }).click();
    await page.getByRole("button", { name: "Done" }).click();
    await openNewLink(page);
    expect(await page.getByLabel("Note").inputValue()).toBe("");
    expect(await page.getByText("Your draft is back.").count()).toBe(0);
  });

  test("does not come back while it is being saved, nor after that", async () => {
    const { page, state } = await dashboard.open("/links", demoState(), { answerMs: 600 });
    await openNewLink(page);
    await page.getByLabel("Note").fill(NOTE);
    await page.getByRole("button", { name: "Create link" }).click();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await openNewLink(page);
    expect(await page.getByLabel("Note").inputValue()).toBe("");
    await expect.poll(() => state.links.filter(({ note }) => note === NOTE).length, patiently).toBe(1);
    // The list is fetched and drawn anew, and the dialog with it.
    await page.getByText(NOTE).waitFor({ state: "attached" });
    expect(await kept(page)).not.toContain(NOTE);
  });

  test("is back when saving failed after the dialog was closed", async () => {
    const { page } = await dashboard.open("/links");
    await page.route(/\/links$/, async (route) => {
      if (route.request().method() !== "POST") return await route.fallback();
      await new Promise((resolve) => setTimeout(resolve, 600));
      return await route.abort();
    });
    await openNewLink(page);
    await page.getByLabel("Note").fill(NOTE);
    const failed = page.waitForEvent("requestfailed");
    await page.getByRole("button", { name: "Create link" }).click();
    await page.keyboard.press("Escape");
    await failed;
    await openNewLink(page);
    expect(await page.getByLabel("Note").inputValue()).toBe(NOTE);
  });

  test("stays with its site, whatever page the other one is on", async () => {
    const { page } = await dashboard.open("/reports/schedules/new");
    await typeAtSite(page, "Monday numbers");
    await switchSite(page, "Weinkeller");
    await expectNothingTyped(page);

    const { page: welcome } = await dashboard.open("/welcome?step=campaign&site=site_nord");
    await typeAtSite(welcome, "Autumn in Vienna");
    await switchSite(welcome, "Weinkeller");
    await expectNothingTyped(welcome);
    expect(await welcome.getByLabel("It leads to").inputValue()).toBe("https://wein.example/");
  });

  test("stays with its site when going back leads to another one", async () => {
    const { page } = await dashboard.open("/spend");
    await page.getByRole("heading", { name: "Spend", level: 1 }).waitFor();
    await switchSite(page, "Weinkeller");
    const add = page.getByRole("button", { name: "Add spend" }).first();
    await add.click();
    await page.getByLabel("Amount").fill("120.50");
    await page.goBack();
    await page
      .getByRole("button", { name: /Nordkost/ })
      .first()
      .waitFor();
    await expect.poll(async () => await page.getByRole("dialog").count(), patiently).toBe(0);
    await add.click();
    expect(await page.getByLabel("Amount").inputValue()).toBe("");
  });

  test("waits for who typed it while their session has ended, and for nobody else", async () => {
    const { page, state } = await dashboard.open("/links");
    await typeNote(page);
    state.isSignedIn = false;
    await page.reload();
    await page.waitForURL(/\/sign-in/);
    await signIn(page);
    await openNewLink(page);
    expect(await page.getByLabel("Note").inputValue()).toBe(NOTE);

    state.isSignedIn = false;
    await page.reload();
    await page.waitForURL(/\/sign-in/);
    state.me = { ...state.me, id: "usr_jon", email: "jon@nordkost.example" };
    await signIn(page);
    await openNewLink(page);
    expect(await page.getByLabel("Note").inputValue()).toBe("");
    expect(await kept(page)).not.toContain(NOTE);
  });

  test("is gone once the user signs out", async () => {
    const { page } = await dashboard.open("/links");
    await typeNote(page);
    expect(await kept(page)).toContain(NOTE);
    await page.getByRole("button", { name: /Mara Lind/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.waitForURL(/\/sign-in/);
    expect(await kept(page)).not.toContain(NOTE);
  });

  test("holds no password, and no address that is a secret", async () => {
    const state = demoState();
    const { page } = await dashboard.open("/account", state);
    await page.getByLabel("Current password").fill("correct horse");
    await page.getByLabel("New password").fill("battery staple");
    await page.getByRole("link", { name: "Alerts" }).click();
    await page.getByRole("link", { name: "Channels" }).click();
    await page.getByRole("button", { name: "Add channel" }).first().click();
    await page.getByLabel("Kind").selectOption("slack");
    await page.getByLabel("Name").fill("Team room");
    await page.getByLabel("Address of the incoming webhook").fill("https://hooks.example/secret");
    await page.keyboard.press("Escape");
    const all = await kept(page);
    expect(all).toContain("Team room");
    expect(all).not.toMatch(/correct horse|battery staple|hooks\.example/);
  });
});
