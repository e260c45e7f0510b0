import { join } from "node:path";
import type { Page } from "playwright-core";
import type { TestBrowser } from "#tests/support/open-browser.ts";
import { type FixtureServer, startFixtureServer } from "./fixture-server.ts";

const DIST = join(import.meta.dirname, "../../../frontend/dist");

export type Look = {
  width?: number;
  height?: number;
  theme?: "light" | "dark";
  reducedMotion?: boolean;
  /** How long the API takes for each answer. */
  answerMs?: number;
};

/** A page and the server behind it, which nobody else asks. */
export type Tab = { page: Page; server: FixtureServer };

/** Tabs of a browser, each with cookies and storage of its own. */
export type Tabs = {
  take(look: Look): Promise<Tab>;
  /** As good as new, for the next: what the page stored, and what was done to the tab, is gone. */
  giveBack(tab: Tab): Promise<void>;
  close(): Promise<void>;
};

/**
 * Keeps tabs from test to test. To start one, with a process for its page, and to fetch and compile the dashboard's scripts
 * is a third of what a screen takes to load; a person's browser does neither each time.
 */
export function keepTabs(browser: TestBrowser): Tabs {
  const all: Tab[] = [];
  const free: Tab[] = [];
  const startTab = async (): Promise<Tab> => {
    const tab = await newTab(browser);
    all.push(tab);
    return tab;
  };
  return {
    async take({ width = 1440, height = 900, theme = "light", reducedMotion = true }) {
      const tab = free.pop() ?? (await startTab());
      await tab.page.setViewportSize({ width, height });
      await tab.page.emulateMedia({
        media: null,
        colorScheme: theme,
        reducedMotion: reducedMotion ? "reduce" : "no-preference",
      });
      return tab;
    },
    async giveBack(tab) {
      // A test may close it, or its whole context.
      if (tab.page.isClosed()) return;
      await wipe(tab);
      free.push(tab);
    },
    async close() {
      await browser.close();
      for (const { server } of all) await server.stop();
    },
  };
}

async function newTab(browser: TestBrowser): Promise<Tab> {
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/Berlin" });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  return { page, server: await startFixtureServer(DIST) };
}

async function wipe({ page, server }: Tab): Promise<void> {
  page.removeAllListeners();
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await page.mouse.move(0, 0);
  // A picture: it stores nothing, and what the screen stores as it goes is stored by then.
  await page.goto(`${server.origin}/icon.svg`);
  await page.evaluate(() => {
    localStorage.clear();
    sessionStorage.clear();
  });
  await page.context().clearCookies();
}
