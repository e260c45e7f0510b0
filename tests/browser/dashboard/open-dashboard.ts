import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { build } from "vite";
import { launchBrowser } from "#tests/support/launch-browser.ts";
import { startFixtureServer } from "./fixture-server.ts";
import type { FixtureServer } from "./fixture-server.ts";
import { demoState } from "./fixture-state.ts";
import type { FixtureState } from "./fixture-state.ts";

const PROJECT = join(import.meta.dirname, "../../..");

export type Opened = { page: Page; state: FixtureState; origin: string; errors: string[] };
export type Look = { width?: number; height?: number; theme?: "light" | "dark"; reducedMotion?: boolean };

export type Dashboard = {
  /** A page of its own, with an API of its own; both end with `close`. */
  open: (path: string, state?: FixtureState, look?: Look) => Promise<Opened>;
  close: () => Promise<void>;
};

/** The dashboard as it is shipped, in a real browser, in front of a made-up API. */
export async function startDashboard(): Promise<Dashboard> {
  const dist = join(PROJECT, ".waymark", `dashboard-${process.pid}`);
  await build({
    configFile: join(PROJECT, "frontend/vite.config.ts"),
    logLevel: "error",
    build: { outDir: dist, emptyOutDir: true },
  });
  const browser = await launchBrowser();
  const servers: FixtureServer[] = [];
  const contexts: BrowserContext[] = [];
  return {
    open: async (path, state = demoState(), look = {}) => {
      const server = await startFixtureServer({ dist, state });
      servers.push(server);
      const { page, errors } = await newPage(browser, contexts, look);
      await page.goto(server.origin + path);
      return { page, state, origin: server.origin, errors };
    },
    close: async () => {
      await Promise.all(contexts.map((context) => context.close()));
      await browser.close();
      await Promise.all(servers.map((server) => server.stop()));
      await rm(dist, { recursive: true, force: true });
    },
  };
}

async function newPage(
  browser: Browser,
  contexts: BrowserContext[],
  { width = 1440, height = 900, theme = "light", reducedMotion = true }: Look,
): Promise<{ page: Page; errors: string[] }> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: reducedMotion ? "reduce" : "no-preference",
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
  });
  contexts.push(context);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    // A refused request is logged by the browser itself; what the page makes of it is what the tests are about.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      errors.push(message.text());
  });
  return { page, errors };
}
