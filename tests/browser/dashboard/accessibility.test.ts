import type axe from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SHARE_TOKEN, UNSUBSCRIBE_TOKEN } from "./fixture-reporting.ts";
import { AXE_PATH } from "./fixture-server.ts";
import { demoState, freshState } from "./fixture-state.ts";
import type { FixtureState } from "./fixture-state.ts";
import { startDashboard } from "./open-dashboard.ts";
import type { Dashboard, Opened } from "./open-dashboard.ts";

/** A theme has the same colours wide and narrow: each is looked at once, and in the soak at both. */
const COLOURS = ["color-contrast", "link-in-text-block"] as const;
const LOOKS = [
  { theme: "light", width: 1440, rules: undefined },
  ...(process.env["SOAK"] === "1" ? [{ theme: "dark", width: 1440, rules: COLOURS } as const] : []),
  { theme: "dark", width: 390, rules: undefined },
  ...(process.env["SOAK"] === "1" ? [{ theme: "light", width: 390, rules: COLOURS } as const] : []),
] as const;

let dashboard: Dashboard;

beforeAll(async () => {
  dashboard = await startDashboard();
});

afterAll(async () => {
  await dashboard.close();
});

type Screen = {
  path: string;
  ready: string;
  fresh?: boolean;
  /** What differs from an ordinary account. */
  change?: (state: FixtureState) => void;
  act?: (page: Page) => Promise<void>;
};

/** Each screen with what must be there before it is looked at. */
const SCREENS: readonly Screen[] = [
  { path: "/sign-in", ready: "form" },
  { path: "/sign-up", ready: "form" },
  { path: "/forgot-password", ready: "form" },
  { path: "/reset-password?token=abcdefghijklmnopqrstuvwxyz", ready: "form" },
  { path: "/confirm?token=good-abcdefghijklmnopqrstuvwxyz", ready: ".notice-good" },
  { path: "/welcome", ready: "form", fresh: true },
  { path: "/welcome?step=install", ready: ".copy-box" },
  { path: "/welcome?step=campaign", ready: "form" },
  { path: "/welcome?step=ready&campaign=cmp_autumn", ready: ".copy-box" },
  { path: "/", ready: ".u-over" },
  { path: "/campaigns", ready: "tbody" },
  { path: "/campaigns/new", ready: "form" },
  { path: "/campaigns/cmp_autumn/analytics", ready: ".table-group" },
  { path: "/campaigns/cmp_autumn/events", ready: ".log-row[aria-expanded]" },
  { path: "/campaigns/cmp_autumn/reports", ready: ".report" },
  { path: "/campaigns/cmp_autumn/settings", ready: "#spend tbody" },
  { path: "/attribution", ready: "tfoot" },
  {
    path: "/attribution?by=channel&figure=cpa&models=first,last,last_non_direct,linear,position,time_decay,participation,markov,shapley",
    ready: "tfoot",
    act: (page) => page.getByRole("button", { name: /^Attribution options/ }).click(),
  },
  {
    path: "/attribution?order=3&lookback=7",
    ready: ".notice",
    change: (state) => void (state.tooManyStates = true),
    act: (page) => page.getByRole("button", { name: "4 models" }).click(),
  },
  { path: "/attribution?computing", ready: ".notice", change: (state) => void (state.computing = 1_000) },
  { path: "/attribution?never", ready: ".state", change: forgetFirstEvents },
  {
    path: "/attribution?broken",
    ready: ".state",
    change: (state) => void (state.failures["/sites/site_nord/attribution"] = 500),
  },
  { path: "/attribution/figure?under=linear&kind=group&key=cmp_autumn", ready: ".credited-row" },
  { path: "/attribution/figure?under=markov&kind=group&key=cmp_autumn", ready: ".chain-way" },
  { path: "/attribution/journey/cnv_4?under=linear", ready: ".step" },
  { path: "/attribution/runs", ready: ".run" },
  {
    path: "/attribution/runs/run_again",
    ready: ".examples",
    act: async (page) => {
      await page.locator(".examples summary").first().click();
      await page.getByRole("button", { name: "Rename this run" }).click();
      await page.getByRole("textbox", { name: "Name" }).fill(" ");
      await page.keyboard.press("Enter");
      await page.getByText("Give the run a name").waitFor();
    },
  },
  { path: "/journeys?by=channel", ready: ".sankey-name" },
  { path: "/journeys?paths_as=table", ready: ".matrix" },
  { path: "/spend", ready: "#ledger tbody" },
  {
    path: "/spend?import",
    ready: "#ledger tbody",
    act: async (page) => {
      await page.getByRole("button", { name: "Import", exact: true }).click();
      await page
        .getByLabel("Or paste cells")
        .fill("Day\tCampaign\tCost\n2026-03-09\tNobody\t1\nx\tBrand search\t2");
      await page.getByRole("button", { name: "Look at it" }).click();
      await page.getByLabel("Nobody").selectOption("new");
    },
  },
  {
    path: "/spend?deal",
    ready: "#ledger tbody",
    act: (page) => page.getByRole("button", { name: "Add deal" }).click(),
  },
  { path: "/links", ready: "tbody" },
  { path: "/reports", ready: ".report" },
  {
    path: "/reports/rep_october",
    ready: ".rv-how",
    act: async (page) => {
      await page.getByRole("button", { name: "3 attempts" }).click();
      await page.waitForSelector(".attempts");
      await page.getByText("Day · Visitors").click();
    },
  },
  { path: "/reports/rep_again", ready: ".comparison tbody" },
  { path: "/reports/rep_old", ready: ".state" },
  { path: "/reports/rep_october?link", ready: ".share", act: makeLink },
  { path: "/reports/schedules", ready: ".schedule" },
  {
    path: "/reports/schedules/sch_monday",
    ready: ".next-times",
    act: async (page) => {
      for (const line of await page.locator("summary").all()) await line.click();
      await page.getByLabel("A look of its own").check();
    },
  },
  { path: "/settings/reports", ready: "tbody" },
  { path: `/shared/${SHARE_TOKEN}`, ready: ".rv-how", change: (state) => void (state.isSignedIn = false) },
  {
    path: `/shared/${SHARE_TOKEN}?password`,
    ready: "form",
    change: (state) => void (state.reporting.shared.isOpened = false),
  },
  { path: "/shared/nothing-of-ours", ready: ".state" },
  { path: `/unsubscribe/${UNSUBSCRIBE_TOKEN}`, ready: ".subscription" },
  { path: "/unsubscribe/nothing-of-ours", ready: ".state" },
  { path: "/confirm-address?token=old", ready: ".state" },
  { path: "/confirm-address?token=aaaa", ready: "main .button" },
  { path: "/tracking-health", ready: ".ledger-chart" },
  {
    path: "/tracking-health?span=24h",
    ready: ".ledger-chart",
    act: async (page) => {
      await page.getByRole("button", { name: "Check my page" }).click();
      await page.waitForSelector(".finding");
    },
  },
  { path: "/tracking-health?never", ready: ".state", change: forgetFirstEvents },
  { path: "/admin/monitoring", ready: ".mon-columns", change: makeSuperadmin },
  { path: "/admin/monitoring?range=7d", ready: ".mon-columns", change: makeSuperadmin },
  { path: "/admin/product-metrics", ready: ".funnel", change: makeSuperadmin },
  { path: "/admin/audit-log", ready: "tbody", change: makeSuperadmin },
  { path: "/settings/audit-log", ready: "tbody" },
  { path: "/alerts", ready: ".alert-bad" },
  {
    path: "/alerts",
    ready: ".alert-bad",
    act: async (page) => {
      await page.getByRole("button", { name: /^Messages about Fewer/ }).click();
      await page.waitForSelector(".alert-messages");
    },
  },
  {
    path: "/alerts?tab=rules",
    ready: ".alert",
    act: async (page) => {
      await page.getByRole("button", { name: "Change Fewer conversions than usual" }).click();
      await page.waitForSelector("dialog form");
    },
  },
  { path: "/alerts?tab=channels", ready: ".alert" },
  {
    path: "/alerts?tab=channels",
    ready: ".alert",
    act: async (page) => {
      await page.getByRole("button", { name: "Add channel" }).click();
      await page.getByLabel("Quiet hours").check();
    },
  },
  { path: "/admin/alerts?tab=rules", ready: ".alert", change: makeSuperadmin },
  { path: "/admin/dead-letters", ready: "tbody", change: makeSuperadmin },
  {
    path: "/admin/dead-letters?state=all",
    ready: "tbody",
    change: makeSuperadmin,
    act: async (page) => {
      await page
        .getByRole("button", { name: /look at letter/ })
        .first()
        .click();
      await page.waitForSelector(".letter-message");
    },
  },
  { path: "/settings/general", ready: "form" },
  { path: "/settings/privacy", ready: "form" },
  { path: "/settings/install", ready: ".log-row[aria-expanded]" },
  { path: "/settings/keys", ready: "tbody" },
  { path: "/settings/members", ready: "tbody" },
  { path: "/account", ready: "form" },
  { path: "/nowhere", ready: ".state" },
  { path: "/", ready: ".u-over", act: (page) => page.getByRole("button", { name: /^Dates:/ }).click() },
  { path: "/", ready: ".u-over", act: (page) => page.keyboard.press("?") },
  { path: "/", ready: ".u-over", act: (page) => page.keyboard.press("Control+k") },
  {
    path: "/reports",
    ready: ".report",
    act: async (page) => {
      await page.getByRole("button", { name: "New report" }).click();
      await page.getByText("What it shows, and how it looks").click();
      await page.getByLabel("Recipients").fill("nobody");
      await page.getByRole("button", { name: "Create report" }).click();
    },
  },
];

async function makeLink(page: Page): Promise<void> {
  await page.getByRole("button", { name: "New link" }).click();
  await page.getByRole("button", { name: "Make link" }).click();
  await page.waitForSelector(".share-made");
}

function makeSuperadmin(state: FixtureState): void {
  state.me.superadmin = true;
}

function forgetFirstEvents(state: FixtureState): void {
  for (const site of state.sites) site.firstEventAt = null;
}

describe.each(SCREENS)("$path", (screen) => {
  test("has no fault that axe finds, in both themes, wide and narrow, and never scrolls sideways", async () => {
    const { page, errors, settled } = isOnTour(screen) ? await goTo(screen) : await openAlone(screen);
    await page.waitForSelector(screen.ready);
    await settled();
    await screen.act?.(page);
    if (!(await page.evaluate(() => "axe" in globalThis))) await page.addScriptTag({ url: AXE_PATH });

    for (const { theme, width, rules } of LOOKS) {
      await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
      await setTheme(page, theme);
      expect([theme, width, await faults(page, rules)]).toEqual([theme, width, []]);
    }
    expect(await sidewaysOverflow(page)).toBe(0);
    expect(errors.splice(0)).toEqual([]);
  });
});

async function openAlone({ path, fresh, change }: Screen): Promise<Opened> {
  const state = fresh ? freshState() : demoState();
  change?.(state);
  return await dashboard.open(path, state);
}

/** What needs nothing of its own is looked at in one page: to start one is half of the work. */
function isOnTour({ path, ready, fresh, change }: Screen): boolean {
  const isOutside = /^\/(?:sign|forgot|reset|confirm|welcome|shared|unsubscribe)/.test(path);
  const isOrdinary = change === undefined || change === makeSuperadmin;
  return isOrdinary && !isOutside && !fresh && ready !== NOTHING_HERE;
}

const NOTHING_HERE = ".state";
/** One for ordinary people, one for superadmins. */
const tours = new Map<Screen["change"], Opened>();

/** As a link does. Between two screens is one that shows nothing: what is there then is the next one's. */
async function goTo({ path, change }: Screen): Promise<Opened> {
  const tour = tours.get(change) ?? (await startTour(change));
  const { page } = tour;
  // What the last one opened over its page.
  await page.keyboard.press("Escape");
  await page.setViewportSize({ width: 1440, height: 900 });
  await setTheme(page, "light");
  await follow(page, "/nowhere");
  await page.waitForSelector(`main ${NOTHING_HERE}`);
  await follow(page, path);
  await page.waitForSelector(`main ${NOTHING_HERE}`, { state: "detached" });
  return tour;
}

async function startTour(change: Screen["change"]): Promise<Opened> {
  const state = demoState();
  change?.(state);
  const tour = await dashboard.openForAll("/", state);
  tours.set(change, tour);
  return tour;
}

async function follow(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState(null, "", to);
    dispatchEvent(new PopStateEvent("popstate"));
  }, path);
}

/** Rule and element of each fault, for WCAG 2.2 A and AA and the good practices. */
async function faults(page: Page, rules?: readonly string[]): Promise<string[]> {
  return await page.evaluate(async (only) => {
    const runner = (globalThis as unknown as { axe: typeof axe }).axe;
    const options = only ? { runOnly: { type: "rule" as const, values: [...only] } } : {};
    const { violations } = await runner.run(document, options);
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
  }, rules);
}

/** Colours that are still on their way would be measured half-way. */
async function setTheme(page: Page, theme: "light" | "dark"): Promise<void> {
  await page.evaluate(async (value) => {
    document.documentElement.dataset["theme"] = value;
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    await frame();
    await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined)));
  }, theme);
}

async function sidewaysOverflow(page: Page): Promise<number> {
  return await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
}
