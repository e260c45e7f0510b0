import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "playwright-core";
import { onTestFinished } from "vitest";
import { ensureDashboard } from "#scripts/build/ensure-built.ts";
import { openBrowser } from "#tests/support/open-browser.ts";
import { demoState } from "./fixture-state.ts";
import type { FixtureState } from "./fixture-state.ts";
import { keepTabs, type Look, type Tabs } from "./tabs.ts";

export type Opened = {
  page: Page;
  state: FixtureState;
  origin: string;
  errors: string[];
  /** Until the page has asked for nothing for a moment: what still loads would be drawn anew while it is looked at. */
  settled: () => Promise<void>;
};

export type Dashboard = {
  /** A page that knows of no other, with an API of its own; both end with the test. */
  open: (path: string, state?: FixtureState, look?: Look) => Promise<Opened>;
  /** The same for all tests of a file, which go about in it as a person does. It ends with the dashboard. */
  openForAll: (path: string, state: FixtureState) => Promise<Opened>;
  close: () => Promise<void>;
};

/** The dashboard as it is shipped, in a real browser, in front of a made-up API. */
export async function startDashboard(): Promise<Dashboard> {
  await ensureDashboard();
  const tabs = keepTabs(await openBrowser("screens"));
  const kept: (() => Promise<void>)[] = [];
  return {
    open: async (path, state = demoState(), look = {}) => {
      const { close, opened } = await openPage(tabs, { path, state, look });
      onTestFinished(close);
      return opened;
    },
    openForAll: async (path, state) => {
      const { close, opened } = await openPage(tabs, { path, state, look: {} });
      kept.push(close);
      return opened;
    },
    close: async () => {
      for (const close of kept) await close();
      await tabs.close();
    },
  };
}

type PageToOpen = { path: string; state: FixtureState; look: Look };

async function openPage(
  tabs: Tabs,
  { path, state, look }: PageToOpen,
): Promise<{ opened: Opened; close: () => Promise<void> }> {
  const tab = await tabs.take(look);
  const { page, server } = tab;
  server.show(state, look.answerMs ?? 0);
  const errors = watchErrors(page);
  const settled = watchRequests(page);
  await page.goto(server.origin + path);
  const close = async (): Promise<void> => await tabs.giveBack(tab);
  return { opened: { page, state, origin: server.origin, errors, settled }, close };
}

const QUIET_MS = 150;
const MOST_MS = 10_000;

function watchRequests(page: Page): () => Promise<void> {
  let running = 0;
  let lastMs = performance.now();
  const note = (change: number) => () => {
    running += change;
    lastMs = performance.now();
  };
  page.on("request", note(1)).on("requestfinished", note(-1)).on("requestfailed", note(-1));
  return async () => {
    const untilMs = performance.now() + MOST_MS;
    while (running > 0 || performance.now() - lastMs < QUIET_MS) {
      if (performance.now() > untilMs) throw new Error(`The page still waits for ${running} answers`);
      await pause(QUIET_MS / 6);
    }
  };
}

function watchErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    // A refused request is logged by the browser itself; what the page makes of it is what the tests are about.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      errors.push(message.text());
  });
  return errors;
}
