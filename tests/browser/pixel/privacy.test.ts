import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { isUuid } from "#core/events/uuid-v7.ts";
import { patiently } from "#tests/support/patiently.ts";

import { everythingStored, queued, startPixelStage, stored, waymark, type PixelStage } from "./pixel-page.ts";

let stage: PixelStage;
beforeAll(async () => {
  stage = await startPixelStage();
});
afterAll(async () => await stage.close());
beforeEach(async () => await stage.reset());

const FIRST_PARTY = 'data-identity="first-party"';
const NOTHING = [[], [], "", [], 0];
const visitors = (): (string | undefined)[] => stage.collect.requests.map(({ body }) => body.visitor);

/** A browser whose page before could not send its event: it waits on the device, and collect is well again. */
async function leaveUnsent(): Promise<BrowserContext> {
  stage.serve(FIRST_PARTY);
  const context = await stage.visitor();
  stage.collect.mood = 503;
  const before = await stage.open("/before", context);
  await stage.until(1);
  await stage.quiet();
  await before.close();
  stage.collect.mood = 202;
  return context;
}

const BOTH_UNNAMED = { kept: NOTHING, isNamed: false, paths: ["/before", "/after"] };

/** What is kept on the device, and the last body that came: whether it names a visitor, and the pages of its events. */
async function outcomeOf(page: Page): Promise<typeof BOTH_UNNAMED> {
  const last = stage.collect.requests.at(-1)?.body;
  const paths = last?.events.map(({ url }) => new URL(String(url)).pathname) ?? [];
  const kept = (await everythingStored(page)) as typeof NOTHING;
  return { kept, isNamed: last !== undefined && "visitor" in last, paths };
}

describe("first-party identity", () => {
  it("keeps one visitor id across pages and visits, in localStorage and nowhere else", async () => {
    stage.serve(FIRST_PARTY);
    const context = await stage.visitor();
    const page = await stage.open("/a", context);
    await stage.until(1);
    await stage.quiet();
    await page.goto(`${stage.site.origin}/b`);
    await stage.until(2);
    const [first, second] = visitors();
    expect(isUuid(first ?? "")).toBe(true);
    expect(second).toBe(first);
    // The answers are read: no event waits any more.
    await stage.quiet();
    expect(await everythingStored(page)).toEqual([["waymark"], [], "", [], 0]);
  });

  it("gives another browser another id", async () => {
    stage.serve(FIRST_PARTY);
    await stage.open();
    await stage.open();
    await stage.until(2);
    expect(new Set(visitors()).size).toBe(2);
  });

  it("begins anew, and lasts, where something else stands in its place; what is unsent waits", async () => {
    const texts = ['{"v":"0197f3c2', '"x"', "5", "null", "[]", '{"q":1}', '{"v":5}'];
    stage.site.html = "";
    const pages = await Promise.all(texts.map(async () => await stage.open()));
    for (const [index, text] of texts.entries())
      await pages[index]?.evaluate((broken) => localStorage.setItem("waymark", broken), text);
    const visitAll = async () =>
      await Promise.all(pages.map(async (page, index) => await page.goto(`${stage.site.origin}/${index}`)));

    stage.serve(FIRST_PARTY);
    stage.collect.mood = 503;
    await visitAll();
    await stage.until(texts.length);
    await stage.quiet();
    for (const page of pages) expect(await queued(page)).toHaveLength(1);
    const ids = await Promise.all(pages.map(async (page) => (await stored(page))?.["v"]));
    expect(ids.every((id) => isUuid(String(id)))).toBe(true);

    stage.collect.mood = 202;
    await visitAll();
    // What a page was trying to send again when it was left is its own for half a minute.
    for (const page of pages)
      await expect.poll(async () => await queued(page), { timeout: 40_000 }).toEqual([]);
    expect(new Set(visitors())).toEqual(new Set(ids));
    const taken = stage.collect.requests.filter(({ answered }) => answered === 202);
    const events = taken.flatMap(({ body }) => body.events.map(({ id }) => `${body.visitor} ${id}`));
    expect(new Set(events).size).toBe(2 * texts.length);
    expect(stage.errors).toEqual([]);
  });

  it("under Global Privacy Control stores nothing and names nobody, but the event is sent", async () => {
    stage.serve(FIRST_PARTY);
    const context = await stage.visitor();
    await context.addInitScript(() =>
      Object.defineProperty(navigator, "globalPrivacyControl", { get: () => true }),
    );
    const page = await stage.open("/", context);
    await waymark(page, "consent", "granted");
    await stage.until(2);
    expect(visitors().every((visitor) => visitor === undefined)).toBe(true);
    expect(await everythingStored(page)).toEqual(NOTHING);
  });

  it("clears the device when Global Privacy Control is switched on later; what waited there goes, without a name", async () => {
    const context = await leaveUnsent();
    await context.addInitScript(() =>
      Object.defineProperty(navigator, "globalPrivacyControl", { get: () => true }),
    );
    const page = await stage.open("/after", context);
    await stage.until(3);
    await stage.quiet();
    expect(await outcomeOf(page)).toEqual(BOTH_UNNAMED);
  });

  it("does so, too, when that is found out by a page that is opened in the background", async () => {
    const context = await leaveUnsent();
    await context.addInitScript(() => {
      Object.defineProperty(navigator, "globalPrivacyControl", { get: () => true });
      Object.defineProperty(document, "hidden", { configurable: true, get: () => true });
    });
    const page = await stage.open("/after", context);
    await stage.quiet();
    await page.evaluate(() => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => false });
      document.dispatchEvent(new Event("visibilitychange"));
    });
    await stage.until(3);
    await stage.quiet();
    expect(await outcomeOf(page)).toEqual(BOTH_UNNAMED);
  });

  it("keeps the visitor where a device is full, and what it could not keep goes from memory", async () => {
    stage.serve(FIRST_PARTY);
    const page = await stage.open();
    await stage.until(1);
    await stage.quiet();
    await page.evaluate(() => {
      for (let size = 4_000_000; size >= 1; size = Math.floor(size / 2))
        for (let n = 0; n < 3; n += 1)
          try {
            localStorage.setItem(`full ${size} ${n}`, "x".repeat(size));
          } catch {
            // This one was too large: a smaller one follows.
          }
    });
    stage.collect.mood = 503;
    await waymark(page, "event", "one");
    await stage.until(1, "custom");
    stage.collect.mood = 202;
    await waymark(page, "event", "two");
    await stage.quiet();
    await waymark(page, "event", "three");
    await stage.until(4, "custom");
    expect(new Set(visitors()).size).toBe(1);
    expect(visitors()[0]).toBeDefined();
    const names = new Set(stage.collect.events("custom").map(({ name }) => name));
    expect(names).toEqual(new Set(["one", "two", "three"]));
    expect(stage.errors).toEqual([]);
  });

  it("still works, without an id, where the browser refuses storage", async () => {
    stage.serve(FIRST_PARTY);
    const context = await stage.visitor();
    await context.addInitScript(() => {
      Object.defineProperty(window, "localStorage", {
        get() {
          throw new DOMException("denied", "SecurityError");
        },
      });
    });
    const page = await stage.open("/", context);
    await waymark(page, "event", "x");
    await stage.until(2);
    await stage.quiet();
    expect(stage.collect.events().map(({ type }) => type)).toEqual(["pageview", "custom"]);
    expect(visitors().every((visitor) => visitor === undefined)).toBe(true);
    // It holds on this page at least.
    await waymark(page, "optOut");
    await waymark(page, "event", "y");
    await stage.quiet();
    expect(stage.collect.events()).toHaveLength(2);
    expect(stage.errors).toEqual([]);
  });
});

describe("required consent", () => {
  const REQUIRED = `${FIRST_PARTY} data-consent="required"`;

  it("keeps the device clean until it is granted, then has an id that lasts", async () => {
    stage.serve(REQUIRED);
    const context = await stage.visitor();
    const page = await stage.open("/", context);
    await stage.until(1);
    expect(await everythingStored(page)).toEqual(NOTHING);
    expect(stage.collect.requests[0]?.body).not.toHaveProperty("consent");

    await waymark(page, "consent", "granted");
    await stage.until(1, "consent");
    const [, granted] = stage.collect.requests;
    expect(granted?.body.consent).toBe("granted");
    expect(granted?.body.events).toMatchObject([{ type: "consent", state: "granted" }]);
    expect(isUuid(granted?.body.visitor ?? "")).toBe(true);

    await page.goto(`${stage.site.origin}/next`);
    await stage.until(2, "pageview");
    const last = stage.collect.requests.at(-1)?.body;
    expect([last?.visitor, last?.consent]).toEqual([granted?.body.visitor, "granted"]);
  });

  it("forgets the id when it is withdrawn, and remembers the refusal on the next page", async () => {
    stage.serve(REQUIRED);
    const context = await stage.visitor();
    const page = await stage.open("/", context);
    await waymark(page, "consent", "granted");
    await stage.until(1, "consent");
    await waymark(page, "consent", "denied");
    await stage.until(2, "consent");
    await stage.quiet();
    expect(await stored(page)).toEqual({ c: "denied" });
    expect(stage.collect.requests.at(-1)?.body).toMatchObject({ consent: "denied" });
    expect(stage.collect.requests.at(-1)?.body).not.toHaveProperty("visitor");

    await page.goto(`${stage.site.origin}/next`);
    await stage.until(2, "pageview");
    expect(stage.collect.requests.at(-1)?.body).toMatchObject({ consent: "denied" });
    expect(stage.collect.requests.at(-1)?.body).not.toHaveProperty("visitor");
    expect(await stored(page)).toEqual({ c: "denied" });
  });

  it("holds in a tab that was open before: what is withdrawn in one is used by none", async () => {
    stage.serve(REQUIRED);
    const context = await stage.visitor();
    const one = await stage.open("/one", context);
    await waymark(one, "consent", "granted");
    await stage.until(1, "consent");
    const two = await stage.open("/two", context);
    await stage.until(2, "pageview");
    await stage.quiet();
    await waymark(two, "consent", "denied");
    await stage.until(2, "consent");
    await stage.quiet();

    stage.collect.mood = 503;
    await waymark(one, "event", "afterwards");
    await stage.until(1, "custom");
    await stage.quiet();
    expect(stage.collect.requests.at(-1)?.body).toMatchObject({ consent: "denied" });
    expect(stage.collect.requests.at(-1)?.body).not.toHaveProperty("visitor");
    expect(await everythingStored(one)).toEqual([["waymark"], [], "", [], 0]);
    expect(await stored(one)).toEqual({ c: "denied" });

    // Given again, it holds for both, with one visitor.
    stage.collect.mood = 202;
    await waymark(two, "consent", "granted");
    await stage.until(3, "consent");
    await stage.quiet();
    const again = stage.collect.requests.at(-1)?.body.visitor;
    await waymark(one, "event", "again");
    await expect.poll(() => stage.collect.requests.at(-1)?.body.events.at(-1)?.name, patiently).toBe("again");
    expect(isUuid(again ?? "")).toBe(true);
    expect(stage.collect.requests.at(-1)?.body).toMatchObject({ visitor: again, consent: "granted" });
  });

  it("stores nothing of a choice on a cookieless site", async () => {
    stage.serve();
    const page = await stage.open();
    await waymark(page, "consent", "granted");
    await waymark(page, "consent", "denied");
    await stage.until(2, "consent");
    await stage.quiet();
    expect(await everythingStored(page)).toEqual(NOTHING);
  });
});

describe("opting out", () => {
  it.each([
    ["first-party", FIRST_PARTY],
    ["cookieless", ""],
  ])(
    "on a %s site forgets the visitor and the queue, and nothing is sent again, ever",
    async (_, attributes) => {
      stage.serve(attributes, `<a id="out" href="${stage.collect.origin}/x">out</a>`);
      stage.collect.mood = 503;
      const context = await stage.visitor();
      const page = await stage.open("/", context);
      await stage.until(1);
      await waymark(page, "optOut");
      expect(await stored(page)).toEqual({ o: 1 });

      stage.collect.mood = 202;
      const before = stage.collect.requests.length;
      await waymark(page, "event", "x");
      await waymark(page, "conversion", {});
      await page.evaluate(() => history.pushState({}, "", "/elsewhere"));
      await page.evaluate(() => window.dispatchEvent(new Event("online")));
      await stage.quiet();
      await page.goto(`${stage.site.origin}/next`);
      await waymark(page, "consent", "granted");
      await stage.quiet();
      expect(stage.collect.requests.slice(before)).toEqual([]);
      const kept = await stored(page);
      expect(kept).toEqual({ o: 1 });
    },
  );

  it("holds in another tab that was open before", async () => {
    stage.serve(FIRST_PARTY);
    const context = await stage.visitor();
    const [one, two] = [await stage.open("/one", context), await stage.open("/two", context)];
    await stage.until(2);
    await waymark(one, "optOut");
    const before = stage.collect.requests.length;
    await waymark(two, "event", "x");
    await stage.quiet();
    expect(stage.collect.requests).toHaveLength(before);
    expect(await stored(two)).toEqual({ o: 1 });
  });

  it("clears the device of what other pages left unsent, also from a page that keeps nothing there", async () => {
    const context = await leaveUnsent();
    stage.serve();
    const page = await stage.open("/after", context);
    expect(await queued(page)).toHaveLength(1);
    await waymark(page, "optOut");
    expect(await everythingStored(page)).toEqual([["waymark"], [], "", [], 0]);
  });

  it("clears the device of what a tab still writes there that has not heard of it, whichever of the two is left", async () => {
    stage.serve(FIRST_PARTY);
    stage.collect.mood = 503;
    const context = await stage.visitor();
    await context.clock.install();
    const one = await stage.open("/one", context);
    await stage.until(1);
    await expect.poll(async () => await queued(one), patiently).toHaveLength(1);
    // The clock stands, so that no later try of this one has a part in it.
    await context.clock.pauseAt(Date.now() + 1_000);
    stage.site.html = "";
    const other = await stage.open("/other", context);
    // The other one has opted out, and has not seen yet what this one wrote.
    await other.evaluate(() => localStorage.setItem("waymark", '{"o":1}'));
    await expect.poll(async () => await queued(other), patiently).toEqual([]);
    await other.evaluate(() => localStorage.setItem("waymark:1790000000000.5", '[0,{"id":"late"}]'));
    await expect.poll(async () => await queued(other), patiently).toEqual([]);
    expect(await stored(other)).toEqual({ o: 1 });
  });
});
