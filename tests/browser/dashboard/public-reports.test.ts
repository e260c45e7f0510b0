import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SHARE_TOKEN, UNSUBSCRIBE_TOKEN } from "./fixture-reporting.ts";
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

describe("a link to a report", () => {
  test("is shown once, opens with its password and without an account, and opens nothing once revoked", async () => {
    const state = demoState();
    const { page, origin } = await dashboard.open("/reports/rep_october", state);
    await page.getByRole("button", { name: "New link" }).click();
    await page.getByLabel("Password").fill("short");
    await page.getByRole("button", { name: "Make link" }).click();
    await page.getByRole("alert").getByText("At least 8 characters").waitFor();
    await page.getByLabel("Password").fill("a kettle of water");
    await page.getByRole("button", { name: "Make link" }).click();
    await page.getByText(`/shared/${SHARE_TOKEN}`).waitFor();
    const cookies = await page.context().cookies();
    await page.reload();
    await page.getByRole("list", { name: "Links to this report" }).waitFor();
    expect(await page.getByText(SHARE_TOKEN).count()).toBe(0);

    state.isSignedIn = false;
    const browser = page.context().browser();
    if (!browser) throw new Error("The page has no browser");
    const stranger = await (await browser.newContext()).newPage();
    await stranger.goto(`${origin}/shared/${SHARE_TOKEN}`);
    await stranger.getByRole("heading", { name: "This report has a password" }).waitFor();
    expect(await stranger.locator(".rv").count()).toBe(0);
    await stranger.getByLabel("Password").fill("not this one");
    await stranger.getByRole("button", { name: "Open report" }).click();
    await stranger.getByRole("alert").getByText("That is not the password.").waitFor();
    await stranger.getByLabel("Password").fill("a kettle of water");
    await stranger.getByRole("button", { name: "Open report" }).click();
    await stranger.locator(".rv-how").waitFor();
    expect(await stranger.locator("meta[name=robots]").getAttribute("content")).toContain("noindex");
    expect(await stranger.getByRole("link", { name: /^PDF/ }).getAttribute("href")).toBe(
      `/api/v1/shared/${SHARE_TOKEN}/download?format=pdf`,
    );
    expect(await stranger.getByRole("navigation").count()).toBe(0);

    state.isSignedIn = true;
    await page.context().addCookies(cookies);
    await page.reload();
    await page.getByRole("button", { name: "Revoke" }).first().click();
    await page.getByText("Revoked: the link opens nothing any more.").waitFor();
    state.isSignedIn = false;
    await stranger.reload();
    await stranger.getByText("This link opens nothing").waitFor();
    expect(await stranger.locator(".rv").count()).toBe(0);
    await stranger.context().close();
  });

  test("that nobody made asks for no sign-in, and tells nothing", async () => {
    const state = demoState();
    state.isSignedIn = false;
    const { page } = await dashboard.open("/shared/nothing-of-ours", state);
    await page.getByText("This link opens nothing").waitFor();
    expect(new URL(page.url()).pathname).toBe("/shared/nothing-of-ours");
    expect(state.calls.filter((call) => !call.includes("/shared/"))).toEqual([]);
  });
});

describe("a report on paper", () => {
  test("is light whichever theme is on the screen, and the screen keeps its own", async () => {
    const state = demoState();
    const { page } = await dashboard.open(`/shared/${SHARE_TOKEN}`, state, { theme: "dark" });
    await page.locator(".rv-how").waitFor();
    const theme = (): Promise<string | undefined> =>
      page.evaluate(() => document.documentElement.dataset["theme"]);
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    expect(await theme()).toBe("light");
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    expect(await theme()).toBe("dark");
    await page.emulateMedia({ media: "print" });
    expect(await page.getByRole("link", { name: /^PDF/ }).isVisible()).toBe(false);
    expect(await page.locator(".rv-how").isVisible()).toBe(true);
  });
});

describe("a reader of reports", () => {
  test("unsubscribes from one schedule, from all, and comes back; looking alone changes nothing", async () => {
    const state = demoState();
    state.isSignedIn = false;
    const { page } = await dashboard.open(`/unsubscribe/${UNSUBSCRIBE_TOKEN}`, state);
    await page.getByText("Mailed to agency@partner.example.").waitFor();
    expect(state.calls).toEqual([`GET /unsubscribe/${UNSUBSCRIBE_TOKEN}`]);
    await page.getByRole("button", { name: "Unsubscribe from Monday numbers" }).click();
    await page.getByRole("button", { name: "Subscribe again to Monday numbers" }).waitFor();
    expect(state.reporting.subscription.schedule?.isUnsubscribed).toBe(true);
    expect(state.reporting.subscription.isUnsubscribedFromAll).toBe(false);
    await page.getByRole("button", { name: "Unsubscribe from All reports of Nordkost" }).click();
    await page.getByRole("button", { name: "Subscribe again to All reports of Nordkost" }).waitFor();
    expect(state.reporting.subscription.isUnsubscribedFromAll).toBe(true);
  });

  test("is asked before anything is agreed, and may say no for good", async () => {
    const state = demoState();
    state.isSignedIn = false;
    const { page } = await dashboard.open("/confirm-address?token=abc", state);
    await page.getByRole("heading", { name: "Do you want reports of Nordkost?" }).waitFor();
    expect(state.reporting.answers).toEqual({});
    await page.getByRole("button", { name: "No, never" }).click();
    await page.getByRole("heading", { name: "You get none" }).waitFor();
    expect(state.reporting.answers).toEqual({ abc: false });
  });

  test.each([
    {
      language: "de",
      asked: "Möchten Sie Berichte von Nordkost?",
      yes: "Ja, bitte schicken",
      agreed: "Sie bekommen sie ab jetzt",
    },
    {
      language: "fr",
      asked: "Voulez-vous les rapports de Nordkost\u00a0?",
      yes: "Oui, je les veux",
      agreed: "Vous les recevez désormais",
    },
    {
      language: "es",
      asked: "¿Desea recibir informes de Nordkost?",
      yes: "Sí, quiero recibirlos",
      agreed: "Los recibirá a partir de ahora",
    },
  ] as const)(
    "is asked in the language of the reports: $language",
    async ({ language, asked, yes, agreed }) => {
      const state = demoState();
      state.isSignedIn = false;
      state.reporting.subscription.language = language;
      const { page } = await dashboard.open("/confirm-address?token=abc", state);
      await page.getByRole("heading", { name: asked }).waitFor();
      expect(await page.locator("html").getAttribute("lang")).toBe(language);
      await page.getByRole("button", { name: yes }).click();
      await page.getByRole("heading", { name: agreed }).waitFor();
      expect(state.reporting.answers).toEqual({ abc: true });
      expect(await page.locator("main").textContent()).not.toMatch(/\b(reports|mail|you)\b/);
    },
  );

  test("with an old link is told so", async () => {
    const state = demoState();
    state.isSignedIn = false;
    const { page } = await dashboard.open("/confirm-address?token=old", state);
    await page.getByText("This link does not work any more").waitFor();
    expect(await page.getByRole("button", { name: "Yes, send them" }).count()).toBe(0);
  });
});
