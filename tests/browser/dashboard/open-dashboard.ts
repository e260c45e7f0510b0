import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { onTestFinished } from "vitest";
import { ensureDashboard } from "#tests/support/ensure-built.ts";
import { launchBrowser } from "#tests/support/launch-browser.ts";
import { startFixtureServer } from "./fixture-server.ts";
import { demoState } from "./fixture-state.ts";
import type { FixtureState } from "./fixture-state.ts";

const DIST = join(import.meta.dirname, "../../../frontend/dist");

export type Opened = { page: Page; state: FixtureState; origin: string; errors: string[] };
export type Look = {
  width?: number;
  height?: number;
  theme?: "light" | "dark";
  reducedMotion?: boolean;
  /** How long the API takes for each answer. */
  answerMs?: number;
};

export type Dashboard = {
  /** A page of its own, with an API of its own; both end with the test. */
  open: (path: string, state?: FixtureState, look?: Look) => Promise<Opened>;
  close: () => Promise<void>;
};

/** The dashboard as it is shipped, in a real browser, in front of a made-up API. */
export async function startDashboard(): Promise<Dashboard> {
  await ensureDashboard();
  const browser = await launchBrowser();
  return {
    open: async (path, state = demoState(), look = {}) => {
      const { answerMs = 0 } = look;
      const server = await startFixtureServer({ dist: DIST, state, answerMs });
      const { page, errors, context } = await newPage(browser, look);
      onTestFinished(async () => {
        await context.close();
        await server.stop();
      });
      await page.goto(server.origin + path);
      return { page, state, origin: server.origin, errors };
    },
    close: async () => await browser.close(),
  };
}

async function newPage(
  browser: Browser,
  { width = 1440, height = 900, theme = "light", reducedMotion = true }: Look,
): Promise<{ page: Page; errors: string[]; context: BrowserContext }> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: reducedMotion ? "reduce" : "no-preference",
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    // A refused request is logged by the browser itself; what the page makes of it is what the tests are about.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      errors.push(message.text());
  });
  return { page, errors, context };
}
