import type { BrowserContext, Page } from "playwright-core";
import { vi } from "vitest";

import { openBrowser, type TestBrowser } from "#tests/support/open-browser.ts";

import {
  startPageServer,
  startRecordingServer,
  type PageServer,
  type RecordingServer,
} from "./recording-server.ts";

/** Longer than the pixel's own pause after a navigation: what has not come by then does not come. */
const QUIET_MS = 300;

export type PixelStage = {
  collect: RecordingServer;
  site: PageServer;
  /** Puts the snippet, with these attributes, and further html on every page. */
  serve(attributes?: string, html?: string): void;
  /** A browser of its own: nothing is stored yet. Errors of its pages end up in `errors`. */
  visitor(): Promise<BrowserContext>;
  open(path?: string, context?: BrowserContext): Promise<Page>;
  /** Waits for this many events of a kind in all. */
  until(count: number, type?: string): Promise<void>;
  quiet(): Promise<void>;
  errors: string[];
  reset(): Promise<void>;
  close(): Promise<void>;
};

export async function startPixelStage(): Promise<PixelStage> {
  const [browser, collect, site] = await Promise.all([
    openBrowser(),
    startRecordingServer(),
    startPageServer(),
  ]);
  const errors: string[] = [];
  let contexts: BrowserContext[] = [];

  const stage: PixelStage = {
    collect,
    site,
    errors,
    serve(attributes = "", html = "") {
      const src = `${collect.origin}/attribution.js`;
      site.html = `${html}<script defer src="${src}" data-site="wms_1" ${attributes}></script>`;
    },
    async visitor() {
      const context = await newContext(browser, errors);
      contexts.push(context);
      return context;
    },
    async open(path = "/", context) {
      const page = await (context ?? (await stage.visitor())).newPage();
      await page.goto(site.origin + path);
      return page;
    },
    until: async (count, type) =>
      await vi.waitFor(
        () => {
          const seen = collect.events(type).length;
          if (seen < count) throw new Error(`${seen} of ${count} ${type ?? ""} events: ${describe(collect)}`);
        },
        { timeout: 10_000, interval: 20 },
      ),
    quiet: async () => await new Promise((resolve) => setTimeout(resolve, QUIET_MS)),
    async reset() {
      await Promise.all(contexts.map(async (context) => await context.close()));
      contexts = [];
      collect.requests.length = 0;
      collect.mood = 202;
      collect.answer = {};
      collect.retryAfter = undefined;
      errors.length = 0;
    },
    async close() {
      await stage.reset();
      await browser.close();
      await Promise.all([collect.close(), site.close()]);
    },
  };
  return stage;
}

async function newContext(browser: TestBrowser, errors: string[]): Promise<BrowserContext> {
  const context = await browser.newContext();
  context.on("weberror", (error) => errors.push(error.error().message));
  return context;
}

function describe(collect: RecordingServer): string {
  return collect.requests
    .map(({ method, body }) => `${method} ${(body.events ?? []).map(({ type }) => type).join()}`)
    .join("; ");
}

/** `waymark(…)` in the page. */
export async function waymark(page: Page, ...args: unknown[]): Promise<void> {
  await page.evaluate((given) => {
    (window as unknown as { waymark: (...all: unknown[]) => void }).waymark(...given);
  }, args);
}

/** Events of these names, all in one turn of the page. */
export async function makeEvents(page: Page, names: readonly string[], props: object = {}): Promise<void> {
  await page.evaluate(
    ([given, more]) => {
      const { waymark: call } = window as unknown as { waymark: (...all: unknown[]) => void };
      for (const name of given) call("event", name, more);
    },
    [names, props] as const,
  );
}

/** `e0`, `e1` and so on. */
export function numbered(count: number, name = "e"): string[] {
  return Array.from({ length: count }, (_, n) => `${name}${n}`);
}

/** What the pixel stores on the device, or null. */
export async function stored(page: Page): Promise<Record<string, unknown> | null> {
  const text = await page.evaluate(() => localStorage.getItem("waymark"));
  return text === null ? null : (JSON.parse(text) as Record<string, unknown>);
}

/** The ids of the events that wait on the device, oldest first. */
export async function queued(page: Page): Promise<string[]> {
  const entries = await page.evaluate(() =>
    Object.entries(localStorage as Record<string, string>)
      .filter(([key]) => key.startsWith("waymark:"))
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([, entry]) => entry),
  );
  return entries.map((entry) => (JSON.parse(entry) as [number, { id: string }])[1].id);
}

/** All that is on the device, by whatever way. */
export async function everythingStored(page: Page): Promise<unknown[]> {
  const local = await page.evaluate(() => [
    Object.keys(localStorage),
    Object.keys(sessionStorage),
    document.cookie,
  ]);
  const databases = await page.evaluate(async () => (await indexedDB.databases()).length);
  return [...local, await page.context().cookies(), databases];
}
