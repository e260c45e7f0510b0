import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { patiently } from "#tests/support/patiently.ts";
import {
  everythingStored,
  makeEvents,
  numbered,
  queued,
  startPixelStage,
  waymark,
  type PixelStage,
} from "./pixel-page.ts";

let stage: PixelStage;
beforeAll(async () => {
  stage = await startPixelStage();
});
afterAll(async () => await stage.close());
beforeEach(async () => await stage.reset());

const FIRST_PARTY = 'data-identity="first-party"';
/** How long the network is away; the full figure belongs to `npm run test:soak`. */
const OFFLINE_MS = process.env["SOAK"] === "1" ? 60_000 : 5_000;
/** Longer than a claim holds, with its jitter. */
const CLAIM_LAPSED_MS = 61_000;

const sentIds = (): string[] => stage.collect.events().map(({ id }) => id);
/** Ids in bodies that collect has taken. */
const takenIds = (): string[] =>
  stage.collect.requests
    .filter(({ answered }) => answered === 202)
    .flatMap(({ body }) => body.events.map(({ id }) => id));

async function openTabs(context: BrowserContext): Promise<Page[]> {
  return await Promise.all(["/one", "/two", "/three"].map(async (path) => await stage.open(path, context)));
}

describe("three tabs of one browser", () => {
  it("lose nothing and send nothing twice, however they write at the same moment", async () => {
    stage.serve(FIRST_PARTY);
    const tabs = await openTabs(await stage.visitor());
    for (let round = 0; round < 5; round += 1)
      await Promise.all(
        tabs.map(async (tab, index) => await makeEvents(tab, numbered(4, `tab ${index}, round ${round}, `))),
      );
    await stage.until(60, "custom");
    await stage.quiet();
    expect(new Set(stage.collect.events("custom").map(({ name }) => name)).size).toBe(60);
    expect(sentIds()).toHaveLength(new Set(sentIds()).size);
    for (const tab of tabs) expect(await queued(tab)).toEqual([]);
  });

  it("deliver each event once when collect is reached again, after two reloads without it", async () => {
    stage.serve(FIRST_PARTY);
    const context = await stage.visitor();
    const tabs = await openTabs(context);
    await stage.until(3);
    await stage.quiet();
    stage.collect.mood = "broken";
    for (const [index, tab] of tabs.entries()) await makeEvents(tab, numbered(2, `offline ${index} `));
    for (const tab of tabs.slice(0, 2)) {
      await tab.reload();
      await waymark(tab, "event", "reloaded");
    }
    await new Promise((resolve) => setTimeout(resolve, OFFLINE_MS));
    expect(takenIds()).toHaveLength(3);

    await context.setOffline(true);
    stage.collect.mood = 202;
    // The browser tells all three tabs at once.
    await context.setOffline(false);
    // Three views, six events, and of each reload a view and an event.
    await expect.poll(() => new Set(takenIds()).size, { timeout: 10_000 }).toBe(3 + 6 + 4);
    await stage.quiet();
    expect(takenIds()).toHaveLength(13);
    for (const tab of tabs) expect(await queued(tab)).toEqual([]);
    expect(stage.errors).toEqual([]);
  });

  it("leave what one of them failed to send to that one at a common signal, until another has an event of its own", async () => {
    stage.serve(FIRST_PARTY);
    const context = await stage.visitor();
    await context.clock.install();
    const two = await stage.open("/two", context);
    await stage.until(1);
    await stage.quiet();
    // The clock stands, so that no retry comes in between.
    await context.clock.pauseAt(Date.now() + 1_000);
    stage.collect.mood = 503;
    const one = await stage.open("/one", context);
    await stage.until(2);
    await expect.poll(async () => await queued(two), patiently).toHaveLength(1);
    stage.collect.mood = 202;
    await two.evaluate(() => window.dispatchEvent(new Event("online")));
    await stage.quiet();
    expect(stage.collect.requests).toHaveLength(2);

    await waymark(two, "event", "x");
    await expect.poll(async () => await queued(one), patiently).toEqual([]);
    expect(takenIds()).toHaveLength(3);
    const last = stage.collect.requests.at(-1)?.body.events.map(({ type }) => type);
    expect(last?.toSorted()).toEqual(["custom", "pageview"]);
  });
});

it("a tab that finds another visitor's id on the device takes it, and leaves alone what waits there", async () => {
  stage.serve(FIRST_PARTY);
  const context = await stage.visitor();
  stage.collect.mood = 503;
  const one = await stage.open("/one", context);
  await stage.until(1);
  await stage.quiet();
  stage.site.html = "";
  const two = await stage.open("/two", context);
  const other = "0197f3c2-8e1a-7abc-8abc-0123456789ab";
  await two.evaluate((id) => {
    const seen: string[] = [];
    (window as unknown as { gone: string[] }).gone = seen;
    addEventListener("storage", ({ key, newValue }) => newValue === null && seen.push(String(key)));
    localStorage.setItem("waymark", JSON.stringify({ v: id }));
  }, other);
  await stage.quiet();
  await waymark(one, "event", "x");
  await stage.until(1, "custom");
  await stage.quiet();
  expect(stage.collect.requests.at(-1)?.body.visitor).toBe(other);
  expect(await two.evaluate(() => (window as unknown as { gone: string[] }).gone)).toEqual([]);
  expect(await queued(one)).toHaveLength(2);
});

describe("an event that is on its way", () => {
  it("is sent neither by another tab nor by the next page before its claim lapses, then by the next page once", async () => {
    stage.serve(FIRST_PARTY);
    stage.collect.mood = "hanging";
    const context = await stage.visitor();
    await context.clock.install();
    const one = await stage.open("/one", context);
    await stage.until(1);
    const [lost] = stage.collect.events();
    stage.collect.mood = 202;
    const two = await stage.open("/two", context);
    await stage.until(2);
    await one.goto(`${stage.site.origin}/next`);
    await waymark(two, "event", "x");
    await stage.until(4);
    await stage.quiet();
    expect(sentIds().filter((id) => id === lost?.id)).toHaveLength(1);

    // The clock moves for all tabs at once, which no real one does: jitter would keep them apart.
    await two.close();
    await one.clock.fastForward(CLAIM_LAPSED_MS);
    await expect.poll(sentIds, patiently).toHaveLength(5);
    await stage.quiet();
    // Its first request was never answered: the page that sent it is gone, so nobody can know.
    expect(sentIds().filter((id) => id === lost?.id)).toHaveLength(2);
    expect(sentIds()).toHaveLength(5);
  });

  it("is not sent again by the next page when the page is reloaded before the answer", async () => {
    stage.serve(FIRST_PARTY);
    stage.collect.mood = "hanging";
    const page = await stage.open("/a", await stage.visitor());
    await stage.until(1);
    stage.collect.mood = 202;
    await page.reload();
    await stage.until(2);
    await stage.quiet();
    expect(new Set(sentIds()).size).toBe(2);
    expect(sentIds()).toHaveLength(2);
    // It waits for its claim to lapse: whether it arrived nobody can know.
    expect(await queued(page)).toEqual(sentIds().slice(0, 1));
  });
});

describe("the device of a visitor who refuses", () => {
  it.each([["consent", "denied"], ["optOut"]])("keeps no unsent event after '%s'", async (...command) => {
    stage.serve(FIRST_PARTY);
    stage.collect.mood = 503;
    const page = await stage.open();
    await stage.until(1);
    await expect.poll(async () => await queued(page), patiently).toHaveLength(1);
    await waymark(page, ...command);
    await stage.quiet();
    expect(await everythingStored(page)).toEqual([["waymark"], [], "", [], 0]);
  });
});
