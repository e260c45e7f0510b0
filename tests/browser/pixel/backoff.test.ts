import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { patiently } from "#tests/support/patiently.ts";
import { queued, startPixelStage, waymark, type PixelStage } from "./pixel-page.ts";

let stage: PixelStage;
beforeAll(async () => {
  stage = await startPixelStage();
});
afterAll(async () => await stage.close());
beforeEach(async () => await stage.reset());

const FIRST_PARTY = 'data-identity="first-party"';
const HOUR_MS = 3_600_000;

/** A browser whose clock the test moves, and which notes how long the page means to wait each time. */
async function withClock(): Promise<BrowserContext> {
  const context = await stage.visitor();
  await context.clock.install();
  await context.addInitScript(() => {
    const original = window.setTimeout;
    const waits: number[] = [];
    Object.assign(window, { waits });
    window.setTimeout = ((work: () => void, ms = 0) => {
      waits.push(ms);
      return original(work, ms);
    }) as typeof window.setTimeout;
  });
  return context;
}

async function lastWait(page: Page): Promise<number> {
  return (await page.evaluate(() => (window as unknown as { waits: number[] }).waits.at(-1))) ?? 0;
}

const answered = (count: number) => async (): Promise<void> => {
  await expect.poll(() => stage.collect.requests.length, { timeout: 5_000 }).toBe(count);
  await new Promise((resolve) => setTimeout(resolve, 30));
};

describe("a server that fails for good", () => {
  it.each([503, "broken"] as const)(
    "is asked with doubling, jittered waits of up to some minutes, fifteen times in the first hour (%s)",
    async (mood) => {
      stage.serve(FIRST_PARTY);
      stage.collect.mood = mood;
      const page = await stage.open("/", await withClock());
      let elapsedMs = 0;
      let asked = 1;
      await answered(1)();
      for (; ; asked += 1) {
        const wait = await lastWait(page);
        const shortest = 1_000 * 2 ** Math.min(asked - 1, 8);
        expect(wait).toBeGreaterThanOrEqual(shortest);
        expect(wait).toBeLessThan(2 * shortest);
        elapsedMs += wait;
        if (elapsedMs > HOUR_MS) break;
        await page.clock.fastForward(Math.ceil(wait));
        await answered(asked + 1)();
      }
      // 1 + 2 + … + 128 s and then at least 256 s each time.
      expect(asked).toBeLessThanOrEqual(9 + Math.ceil((HOUR_MS / 1_000 - 255) / 256));
      expect(new Set(stage.collect.events().map(({ id }) => id)).size).toBe(1);

      stage.collect.mood = 202;
      await page.clock.fastForward(HOUR_MS);
      await expect.poll(async () => await queued(page), patiently).toEqual([]);
    },
  );

  it("is not asked before the time it told, neither for a new event nor by the next page", async () => {
    stage.serve(FIRST_PARTY);
    stage.collect.mood = 503;
    stage.collect.retryAfter = 120;
    const page = await stage.open("/a", await withClock());
    await answered(1)();
    const [held] = stage.collect.events();
    expect(await lastWait(page)).toBeGreaterThanOrEqual(120_000);
    stage.collect.mood = 202;
    stage.collect.retryAfter = undefined;
    await waymark(page, "event", "new");
    await stage.until(1, "custom");
    await stage.quiet();
    await page.goto(`${stage.site.origin}/b`);
    await page.clock.fastForward(110_000);
    await waymark(page, "event", "newer");
    await stage.until(2, "custom");
    await stage.quiet();
    const sent = (): number => stage.collect.events().filter(({ id }) => id === held?.id).length;
    expect(sent()).toBe(1);

    await page.clock.fastForward(15_000);
    await waymark(page, "event", "last");
    await expect.poll(sent, patiently).toBe(2);
    await expect.poll(async () => await queued(page), patiently).toEqual([]);
  });

  it("is left alone by a page that it has silenced, and by a browser that has opted out", async () => {
    stage.serve(FIRST_PARTY);
    stage.collect.mood = 503;
    const context = await withClock();
    const page = await stage.open("/a", context);
    await answered(1)();
    stage.collect.mood = "hanging";
    await waymark(page, "event", "waits");
    await stage.until(1, "custom");
    stage.collect.mood = 202;
    stage.collect.answer = { silence: true };
    await waymark(page, "event", "silenced");
    await stage.until(2, "custom");
    await stage.quiet();
    const before = stage.collect.requests.length;
    await page.clock.fastForward(HOUR_MS);
    await stage.quiet();
    expect(stage.collect.requests).toHaveLength(before);

    stage.collect.mood = 503;
    await page.goto(`${stage.site.origin}/b`);
    await answered(before + 1)();
    await waymark(page, "optOut");
    await page.clock.fastForward(HOUR_MS);
    await stage.quiet();
    expect(stage.collect.requests).toHaveLength(before + 1);
    expect(await queued(page)).toEqual([]);
  });
});

describe("a device that has no room left", () => {
  it("keeps the visitor; events wait in memory, are sent once and never throw into the page", async () => {
    stage.serve(FIRST_PARTY);
    const page = await stage.open("/", await stage.visitor());
    await stage.until(1);
    await stage.quiet();
    await page.evaluate(() => {
      for (let size = 4_000_000; size >= 1; size = Math.floor(size / 2))
        try {
          for (let n = 0; ; n += 1) localStorage.setItem(`fill-${size}-${n}`, "x".repeat(size));
        } catch {
          // Full at this size: on with a smaller one.
        }
    });
    stage.collect.mood = 503;
    await waymark(page, "event", "one");
    await stage.until(1, "custom");
    await stage.quiet();
    expect(await queued(page)).toEqual([]);
    stage.collect.mood = 202;
    await waymark(page, "event", "two");
    await stage.until(3, "custom");
    await stage.quiet();
    const last = stage.collect.requests.at(-1)?.body;
    expect(last?.events.map(({ name }) => name)).toEqual(["one", "two"]);
    expect(last?.visitor).toBe(stage.collect.requests[0]?.body.visitor);
    expect(stage.collect.requests).toHaveLength(3);
    expect(stage.errors).toEqual([]);
  });
});

describe("a clock that is three hours wrong", () => {
  it.each([-3, 3])("by %i hours is the same wrong in 'at' and in 'sentAt'", async (hours) => {
    stage.serve(FIRST_PARTY);
    stage.collect.mood = 503;
    const context = await stage.visitor();
    const clockMs = Date.now() + hours * HOUR_MS;
    await context.clock.install({ time: clockMs });
    // The clock stands, so that all it says is known to the millisecond.
    await context.clock.pauseAt(clockMs + 60_000);
    const page = await stage.open("/", context);
    await answered(1)();
    await page.clock.fastForward(10 * 60_000);
    await stage.until(2);
    const [first, again] = stage.collect.requests.map(({ body }) => body);
    const [event] = first?.events ?? [];
    if (!first || !event || !again) throw new Error("One event was to be sent twice");
    expect([event.at, first.sentAt]).toEqual([clockMs + 60_000, clockMs + 60_000]);
    // Sent again ten minutes later, it still says that it happened ten minutes before.
    expect(again.events).toEqual([event]);
    expect(again.sentAt).toBe(event.at + 10 * 60_000);
  });
});
