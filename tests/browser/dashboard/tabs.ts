import type { Page } from "playwright-core";
import type { TestBrowser } from "#tests/support/open-browser.ts";

export type Look = {
  width?: number;
  height?: number;
  theme?: "light" | "dark";
  reducedMotion?: boolean;
  /** How long the API takes for each answer. */
  answerMs?: number;
};

/** Tabs of a browser, each with cookies and storage of its own. */
export type Tabs = {
  take(look: Look): Promise<Page>;
  /** As good as new, for the next: what the page at this origin stored, and what was done to the tab, is gone. */
  giveBack(page: Page, origin: string): Promise<void>;
};

/** Keeps tabs from test to test: to start one, with a process for its page, is a fifth of what a screen takes to load. */
export function keepTabs(browser: TestBrowser): Tabs {
  const free: Page[] = [];
  return {
    async take({ width = 1440, height = 900, theme = "light", reducedMotion = true }) {
      const page = free.pop() ?? (await newTab(browser));
      await page.setViewportSize({ width, height });
      await page.emulateMedia({
        media: null,
        colorScheme: theme,
        reducedMotion: reducedMotion ? "reduce" : "no-preference",
      });
      return page;
    },
    async giveBack(page, origin) {
      // A test may close it, or its whole context.
      if (page.isClosed()) return;
      await wipe(page, origin);
      free.push(page);
    },
  };
}

async function newTab(browser: TestBrowser): Promise<Page> {
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/Berlin" });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  return page;
}

async function wipe(page: Page, origin: string): Promise<void> {
  page.removeAllListeners();
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await page.mouse.move(0, 0);
  // A picture: it stores nothing, and what the screen stores as it goes is stored by then.
  await page.goto(`${origin}/icon.svg`);
  await page.evaluate(() => {
    localStorage.clear();
    sessionStorage.clear();
  });
  await page.context().clearCookies();
}
