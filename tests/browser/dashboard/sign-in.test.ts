import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demoState, freshState } from "./fixture-state.ts";
import type { FixtureState } from "./fixture-state.ts";
import { startDashboard } from "./open-dashboard.ts";
import type { Dashboard } from "./open-dashboard.ts";

let dashboard: Dashboard;

beforeAll(async () => {
  dashboard = await startDashboard();
});

afterAll(async () => {
  await dashboard.close();
});

const signedOut = (): FixtureState => ({ ...demoState(), isSignedIn: false });

describe("sign-in", () => {
  test("a 401 leads to sign-in and, by the keyboard alone, back to the very view that was asked for", async () => {
    const asked = "/campaigns/cmp_autumn/events?site=site_nord&type=conversion";
    const { page, errors } = await dashboard.open(asked, signedOut());
    await page.waitForURL(/\/sign-in\?next=/);
    await page.waitForSelector("form");

    await page.keyboard.type("mara@nordkost.example");
    await page.keyboard.press("Tab");
    await page.keyboard.type("correct horse");
    await page.keyboard.press("Enter");

    await page.waitForSelector(".log-row[aria-expanded]");
    expect(page.url()).toContain(asked);
    expect(await page.getByLabel("Type", { exact: true }).inputValue()).toBe("conversion");
    expect(errors).toEqual([]);
  });

  test("a session that ends in the middle of work leads to sign-in and back to the same page", async () => {
    const { page, state } = await dashboard.open("/campaigns?site=site_nord&status=active");
    await page.waitForSelector("tbody");
    state.isSignedIn = false;
    await page.getByRole("link", { name: "Attribution" }).click();
    await page.waitForURL(/\/sign-in\?next=/);
    await page.getByLabel("E-mail").fill("mara@nordkost.example");
    await page.getByLabel("Password").fill("correct horse");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForSelector(".spread-axis");
    expect(new URL(page.url()).pathname).toBe("/attribution");
  });

  test("a refused password keeps what was typed, says why, and moves the focus to the summary", async () => {
    const { page } = await dashboard.open("/sign-in", signedOut());
    await page.getByLabel("E-mail").fill("mara@nordkost.example");
    await page.getByLabel("Password").fill("wrong");
    await page.getByRole("button", { name: "Sign in" }).click();
    const summary = page.getByRole("alert");
    await summary.waitFor();
    expect(await summary.textContent()).toContain("E-mail and password do not belong together.");
    expect(await summary.textContent()).toContain("req_7f3c");
    expect(await summary.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await page.getByLabel("E-mail").inputValue()).toBe("mara@nordkost.example");
    expect(page.url()).not.toContain("next=");
  });

  test("empty fields are named at the field and in the summary, whose links lead to them; nothing is sent", async () => {
    const { page, state } = await dashboard.open("/sign-in", signedOut());
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("link", { name: "Enter your password" }).click();
    expect(await page.getByLabel("Password").evaluate((element) => element === document.activeElement)).toBe(
      true,
    );
    expect(await page.getByLabel("Password").getAttribute("aria-invalid")).toBe("true");
    expect(state.calls).not.toContain("POST /auth/login");
  });

  test("never leads to another origin, whatever the address says", async () => {
    for (const next of ["//evil.example", "https://evil.example", "/\\evil.example"]) {
      const { page, origin } = await dashboard.open(`/sign-in?next=${encodeURIComponent(next)}`, signedOut());
      await page.getByLabel("E-mail").fill("mara@nordkost.example");
      await page.getByLabel("Password").fill("correct horse");
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.waitForSelector(".kpi");
      expect(new URL(page.url()).origin).toBe(origin);
      await page.context().close();
    }
  });

  test("signing out shows nothing of the last user to the next", async () => {
    const { page, state } = await dashboard.open("/account");
    await page.waitForSelector("form");
    await page
      .getByRole("button", { name: /^Account menu of/ })
      .first()
      .click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.waitForURL(/\/sign-in/);
    state.me.name = "Somebody Else";
    await page.getByLabel("E-mail").fill("else@nordkost.example");
    await page.getByLabel("Password").fill("correct horse");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForSelector(".rail-user");
    expect(await page.locator("body").textContent()).not.toContain("Mara Lind");
  });
});

describe("sign-up and onboarding", () => {
  test("goes from nothing to a site, a first event that turns green by itself, a campaign and its links", async () => {
    const state = { ...freshState(), isSignedIn: false };
    const { page, errors } = await dashboard.open("/sign-up", state);
    await page.getByLabel("Your name").fill("Mara Lind");
    await page.getByLabel("E-mail").fill("mara@nordkost.example");
    await page.getByLabel("Password").fill("a long enough password");
    await page.getByRole("button", { name: "Create account" }).click();

    await page.getByLabel("Address").fill("https://Shop.example/start");
    await page.getByRole("button", { name: "Add site" }).click();
    await page.getByText("Waiting for the first event…").waitFor();
    const told = await page.getByRole("status").filter({ hasText: "Waiting" }).elementHandle();
    expect(state.sites[0]?.domain).toBe("shop.example");
    expect(await page.getByText("Confirm your e-mail.").count()).toBe(1);

    const [site] = state.sites;
    if (site) site.firstEventAt = new Date().toISOString();
    await page.getByText("The first event is here.").waitFor();
    // A screen reader says what changes in a status, not one that takes the place of another.
    expect(await told?.textContent()).toContain("The first event is here.");
    expect(await told?.evaluate((status) => status.isConnected)).toBe(true);

    await page.getByRole("button", { name: "Go on to your first campaign" }).click();
    await page.getByLabel("Name").fill("Autumn Sale 2026");
    await page.getByLabel("Promo code").fill("AUTUMN15");
    await page.getByRole("button", { name: "Create campaign" }).click();
    await page.getByText("Autumn Sale 2026 is ready").waitFor();
    expect(state.campaigns[0]?.matchers).toEqual([
      { kind: "utm_campaign", value: "autumn-sale-2026" },
      { kind: "promo_code", value: "AUTUMN15" },
    ]);
    await page.getByRole("button", { name: "Copy short link" }).waitFor();
    expect(await page.getByRole("button", { name: "Copy promo code" }).count()).toBe(1);
    expect(errors).toEqual([]);
  });

  test("goes on, after leaving, with the campaign whose link could not be made, and with nobody else's", async () => {
    const state = demoState();
    const { page, origin } = await dashboard.open("/welcome?step=campaign&site=site_nord", state);
    const create = async (name: string, code: string) => {
      await page.goto(`${origin}/welcome?step=campaign&site=site_nord`);
      await page.getByLabel("Name").fill(name);
      await page.getByLabel("Promo code").fill(code);
      await page.getByRole("button", { name: "Create campaign" }).click();
    };
    const made = () => ({
      codes: state.campaigns
        .filter(({ name }) => name === "Winter fair")
        .map(({ matchers }) => matchers.flatMap(({ kind, value }) => (kind === "promo_code" ? [value] : []))),
      links: state.links.filter(({ campaignId }) => campaignId === "cmp_new").length,
    });
    state.failures["/sites/site_nord/links"] = 503;
    await create("Winter fair", "FAIR5");
    await page.getByText("could not be read").first().waitFor();
    expect(made()).toEqual({ codes: [["FAIR5"]], links: 0 });

    delete state.failures["/sites/site_nord/links"];
    for (const code of ["FAIR10", "fair10"]) {
      await create("Winter fair", code);
      await page.getByText("Winter fair is ready").waitFor();
      expect(made()).toEqual({ codes: [["FAIR5", "FAIR10"]], links: 1 });
    }

    const link = state.links.find(({ campaignId }) => campaignId === "cmp_new");
    if (link) link.destination = "https://elsewhere.example/";
    await create("Winter fair", "FAIR10");
    await page.getByText("Another campaign of this site is called Winter fair").first().waitFor();
    expect(await page.getByLabel("Name").getAttribute("aria-invalid")).toBe("true");
  });

  test("gives a campaign whose link failed the channel that is chosen for the second try", async () => {
    const state = demoState();
    const { page } = await dashboard.open("/welcome?step=campaign&site=site_nord", state);
    state.failures["/sites/site_nord/links"] = 503;
    await page.getByLabel("Name").fill("Winter fair");
    await page.getByRole("button", { name: "Create campaign" }).click();
    await page.getByText("could not be read").first().waitFor();
    delete state.failures["/sites/site_nord/links"];
    await page.getByLabel("Channel").selectOption("email");
    const sent = page.waitForRequest(
      (request) => request.method() === "POST" && request.url().endsWith("/links"),
    );
    await page.getByRole("button", { name: "Create campaign" }).click();
    expect((await sent).postDataJSON()).toMatchObject({ utm: { medium: "email" } });
    expect(state.campaigns.find(({ name }) => name === "Winter fair")?.channel).toBe("email");
  });

  test("leaves alone a campaign of that name in another currency: setup makes none, and its budget would be of that one", async () => {
    const state = demoState();
    const [known] = state.campaigns.filter(({ siteId }) => siteId === "site_nord");
    if (!known) throw new Error("The demo has no campaign");
    Object.assign(known, { currency: "JPY", budget: null });
    state.links = [];
    const { page } = await dashboard.open("/welcome?step=campaign&site=site_nord", state);
    await page.getByLabel("Name").fill(known.name);
    await page.getByLabel("Budget").fill("500");
    await page.getByRole("button", { name: "Create campaign" }).click();
    await page.getByText(`Another campaign of this site is called ${known.name}`).first().waitFor();
    expect([known.budget, state.links]).toEqual([null, []]);
  });

  test("takes a site with an umlaut, keeps it as browsers send it and shows it as it was typed", async () => {
    const { page, state, errors } = await dashboard.open("/welcome", freshState());
    await page.getByLabel("Address").fill("https://Potter-Söhne.example/start");
    await page.getByRole("button", { name: "Add site" }).click();
    await page.getByText("Open potter-söhne.example in another tab.").waitFor();
    expect(state.sites[0]).toMatchObject({
      domain: "xn--potter-shne-yfb.example",
      name: "potter-söhne.example",
    });
    expect(errors).toEqual([]);
  });

  test("an address that is taken is said at its field, and nothing typed is lost", async () => {
    const { page } = await dashboard.open("/sign-up", { ...freshState(), isSignedIn: false });
    await page.getByLabel("Your name").fill("Mara Lind");
    await page.getByLabel("E-mail").fill("taken@nordkost.example");
    await page.getByLabel("Password").fill("a long enough password");
    await page.getByRole("button", { name: "Create account" }).click();
    await page.getByRole("link", { name: "This address has an account. Sign in instead." }).waitFor();
    expect(await page.getByLabel("E-mail").getAttribute("aria-invalid")).toBe("true");
    expect(await page.getByLabel("Your name").inputValue()).toBe("Mara Lind");
    expect(await page.getByLabel("Password").inputValue()).toBe("a long enough password");
  });

  test("a confirmation link confirms; one that is used up says so and offers no retry", async () => {
    const good = await dashboard.open("/confirm?token=good-abcdefghijklmnopqrstuvwxyz", signedOut());
    await good.page.getByText("Your e-mail is confirmed.").waitFor();
    const bad = await dashboard.open("/confirm?token=used-abcdefghijklmnopqrstuvwxyz", signedOut());
    await bad.page.getByText("This link does not work any more.").waitFor();
    expect(await bad.page.getByRole("button", { name: "Try again" }).count()).toBe(0);
  });
});
