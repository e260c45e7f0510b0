import { gzipSync } from "node:zlib";

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { bundlePixel } from "#scripts/build/pixel.ts";
import { patiently } from "#tests/support/patiently.ts";

import {
  makeEvents,
  numbered,
  queued,
  startPixelStage,
  stored,
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

/** Ids that collect said it has. */
const delivered = (): string[] =>
  stage.collect.requests
    .filter(({ answered }) => answered === 202)
    .flatMap(({ body }) => body.events.map(({ id }) => id));

describe("an event that could not be delivered", () => {
  it.each([503, 500, 429, "broken"] as const)(
    "after %s goes again with the same id at the next event, once",
    async (mood) => {
      stage.serve(FIRST_PARTY);
      stage.collect.mood = mood;
      const page = await stage.open();
      await stage.until(1);
      await stage.quiet();
      const [lost] = stage.collect.events();
      expect(await queued(page)).toEqual([lost?.id]);

      stage.collect.mood = 202;
      await waymark(page, "event", "next");
      await stage.until(1, "custom");
      await stage.quiet();
      expect(delivered().filter((id) => id === lost?.id)).toHaveLength(1);
      const last = stage.collect.requests.at(-1)?.body.events ?? [];
      expect(last.map(({ type }) => type)).toEqual(["pageview", "custom"]);
      expect(last[0]).toEqual(lost);
      expect(await queued(page)).toEqual([]);
    },
  );

  it("waits on the device for the next page, and goes in that page's one request", async () => {
    stage.serve(FIRST_PARTY);
    stage.collect.mood = "broken";
    const context = await stage.visitor();
    const page = await stage.open("/a", context);
    await stage.until(1);
    await stage.quiet();
    await page.goto("about:blank");
    await stage.quiet();
    stage.collect.mood = 202;
    const before = stage.collect.events().length;
    await page.goto(`${stage.site.origin}/b`);
    await stage.until(before + 2);
    await stage.quiet();
    const accepted = stage.collect.requests.filter(({ answered }) => answered === 202);
    expect(accepted).toHaveLength(1);
    expect(accepted[0]?.body.events.map(({ url }) => String(url).slice(-2))).toEqual(["/a", "/b"]);
    expect(await queued(page)).toEqual([]);
  });

  it.each(["online", "pageshow", "visibilitychange"])("goes again at %s", async (chance) => {
    stage.serve();
    stage.collect.mood = 503;
    const page = await stage.open();
    await stage.until(1);
    await stage.quiet();
    stage.collect.mood = 202;
    await page.evaluate((type) => window.dispatchEvent(new Event(type)), chance);
    await stage.until(2);
    expect(new Set(stage.collect.events().map(({ id }) => id)).size).toBe(1);
  });

  it("waits in memory only on a cookieless site: it is gone with the page and nothing is on the device", async () => {
    stage.serve();
    stage.collect.mood = 503;
    const page = await stage.open("/a");
    await stage.until(1);
    await stage.quiet();
    expect(await stored(page)).toBeNull();
    stage.collect.mood = 202;
    await page.goto("about:blank");
    await page.goto(`${stage.site.origin}/b`);
    await stage.until(1);
    await stage.quiet();
    expect(stage.collect.requests.at(-1)?.body.events.map(({ url }) => String(url).slice(-2))).toEqual([
      "/b",
    ]);
  });

  it("is not sent twice while its first request is still on its way", async () => {
    stage.serve();
    stage.collect.mood = "hanging";
    const page = await stage.open();
    await stage.until(1);
    await waymark(page, "event", "two");
    await waymark(page, "event", "three");
    await stage.until(3);
    await stage.quiet();
    expect(stage.collect.events()).toHaveLength(3);
  });
});

describe("an event that will never be taken", () => {
  it.each([400, 403, 404, 413])("is dropped after %i", async (status) => {
    stage.serve(FIRST_PARTY);
    stage.collect.mood = status;
    const page = await stage.open();
    await stage.until(1);
    await stage.quiet();
    expect(await queued(page)).toEqual([]);
    stage.collect.mood = 202;
    await waymark(page, "event", "next");
    await stage.until(1, "custom");
    expect(stage.collect.requests.at(-1)?.body.events).toHaveLength(1);
  });

  it("stops the page when collect asks for silence, and the next page asks again", async () => {
    stage.serve(FIRST_PARTY);
    stage.collect.answer = { silence: true };
    const context = await stage.visitor();
    const page = await stage.open("/a", context);
    await stage.until(1);
    await stage.quiet();
    await waymark(page, "event", "x");
    await stage.quiet();
    expect(stage.collect.requests).toHaveLength(1);
    await page.goto(`${stage.site.origin}/b`);
    await stage.until(2);
  });
});

describe("the queue", () => {
  it("holds the latest 100 events, and sends them in bodies that collect takes", async () => {
    stage.serve(FIRST_PARTY);
    stage.collect.mood = "broken";
    const page = await stage.open();
    await stage.until(1);
    await makeEvents(page, numbered(110), { text: "€".repeat(400) });
    await stage.quiet();
    expect(await queued(page)).toHaveLength(100);

    stage.collect.mood = 202;
    const before = stage.collect.requests.length;
    await page.evaluate(() => window.dispatchEvent(new Event("online")));
    await expect.poll(async () => await queued(page), { timeout: 20_000 }).toEqual([]);
    const sent = stage.collect.requests.slice(before);
    for (const { body } of sent) expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThanOrEqual(64_000);
    const names = sent.flatMap(({ body }) => body.events.map(({ name }) => name));
    expect(names).toEqual(numbered(110).slice(10));
  });

  it("loses nothing that waits to an event that is too long to be sent", async () => {
    stage.serve(FIRST_PARTY);
    stage.collect.mood = "broken";
    const page = await stage.open();
    await stage.until(1);
    await makeEvents(page, numbered(110));
    await stage.quiet();
    const before = await queued(page);
    expect(before).toHaveLength(100);
    await waymark(page, "event", "long", { text: "x".repeat(20_000) });
    await stage.quiet();
    expect(await queued(page)).toEqual(before);
  });

  it.each([
    ["in one turn of a page", true],
    ["before the script is there", false],
  ])("loses nothing of what is called %s, at most fifty in a body", async (_, isLoaded) => {
    const calls = `<script>
      window.waymark = window.waymark || function () { (waymark.q = waymark.q || []).push(arguments); };
      waymark("conversion", { value: "49.90", orderId: "A-1" });
      for (let n = 0; n < 90; n++) waymark("event", "e" + n);
    </script>`;
    stage.serve(FIRST_PARTY, isLoaded ? "" : calls);
    const page = await stage.open();
    await stage.until(1);
    if (isLoaded) {
      await waymark(page, "conversion", { value: "49.90", orderId: "A-1" });
      await makeEvents(page, numbered(90));
    }
    await stage.until(92);
    await stage.quiet();
    expect(stage.collect.events("pageview")).toHaveLength(1);
    expect(stage.collect.events("conversion")).toHaveLength(1);
    expect(new Set(stage.collect.events("custom").map(({ name }) => name)).size).toBe(90);
    expect(new Set(delivered()).size).toBe(92);
    for (const { body } of stage.collect.requests) expect(body.events.length).toBeLessThanOrEqual(50);
    expect(await queued(page)).toEqual([]);
  });

  it("forgets what is older than seven days", async () => {
    stage.serve(FIRST_PARTY);
    stage.collect.mood = "broken";
    const context = await stage.visitor();
    const page = await stage.open("/", context);
    await stage.until(1);
    await stage.quiet();
    await page.evaluate(() => {
      for (const [key, entry] of Object.entries(localStorage as Record<string, string>)) {
        const [, time = ""] = /^waymark:(\d{13})/.exec(key) ?? [];
        if (time === "") continue;
        localStorage.removeItem(key);
        localStorage.setItem(key.replace(time, `${Number(time) - 8 * 86_400_000}`), entry);
      }
    });
    stage.collect.mood = 202;
    await page.goto(`${stage.site.origin}/b`);
    await stage.until(2);
    await stage.quiet();
    expect(stage.collect.requests.at(-1)?.body.events.map(({ url }) => String(url).slice(-2))).toEqual([
      "/b",
    ]);
  });

  it("is shared by tabs that take turns, without losing anything", async () => {
    stage.serve(FIRST_PARTY);
    stage.collect.mood = 503;
    const context = await stage.visitor();
    await context.clock.install();
    const [one, two] = [await stage.open("/one", context), await stage.open("/two", context)];
    for (const page of [one, two, one]) {
      await waymark(page, "event", "x");
      // What one process of the browser writes, another one reads a moment later.
      await stage.quiet();
    }
    await expect.poll(async () => await queued(one), patiently).toHaveLength(5);
    // The clock stands, so that nothing goes by a later try.
    await context.clock.pauseAt(Date.now() + 1_000);
    stage.collect.mood = 202;
    await waymark(two, "event", "last");
    await expect.poll(async () => await queued(two), patiently).toEqual([]);
    expect(new Set(delivered()).size).toBe(6);
  });

  it("moves to the device when consent is granted: what waited goes once", async () => {
    stage.serve(`${FIRST_PARTY} data-consent="required"`);
    stage.collect.mood = 503;
    const context = await stage.visitor();
    await context.clock.install();
    const page = await stage.open("/", context);
    await stage.until(1);
    await stage.quiet();
    expect(await stored(page)).toBeNull();
    await waymark(page, "consent", "granted");
    await stage.until(1, "consent");
    await stage.quiet();
    expect(await queued(page)).toHaveLength(2);
    await context.clock.pauseAt(Date.now() + 1_000);
    stage.collect.mood = 202;
    await waymark(page, "event", "x");
    await expect.poll(async () => await queued(page), patiently).toEqual([]);
    expect(delivered().toSorted()).toEqual([...new Set(delivered())].toSorted());
    expect(delivered()).toHaveLength(3);
  });
});

describe("a browser without fetch keepalive", () => {
  async function withoutKeepalive(): Promise<Awaited<ReturnType<PixelStage["visitor"]>>> {
    const context = await stage.visitor();
    await context.addInitScript(() => Reflect.deleteProperty(Request.prototype, "keepalive"));
    return context;
  }

  it("sends beacons, as text/plain and without a preflight; on a cookieless site once", async () => {
    stage.serve();
    const page = await stage.open("/", await withoutKeepalive());
    await stage.until(1);
    await waymark(page, "event", "x");
    await stage.until(2);
    await stage.quiet();
    expect(
      stage.collect.requests.map(({ method, contentType }) => [method, contentType.split(";")[0]]),
    ).toEqual([
      ["POST", "text/plain"],
      ["POST", "text/plain"],
    ]);
    expect(stage.collect.events()).toHaveLength(2);
  });

  it("sends an event of first-party mode once more from the next page, and never a third time", async () => {
    stage.serve(FIRST_PARTY);
    const page = await stage.open("/a", await withoutKeepalive());
    await stage.until(1);
    for (const path of ["/b", "/c"]) {
      await page.goto(stage.site.origin + path);
      await stage.quiet();
    }
    const paths = stage.collect.requests.map(({ body }) =>
      body.events.map(({ url }) => String(url).slice(-2)),
    );
    expect(paths).toEqual([["/a"], ["/a", "/b"], ["/b", "/c"]]);
    expect(new Set(stage.collect.events().map(({ id }) => id)).size).toBe(3);
  });
});

describe("the script", () => {
  it("has at most 1,800 bytes gzip -9", async () => {
    expect(gzipSync(await bundlePixel(), { level: 9 }).length).toBeLessThanOrEqual(1_800);
  });

  it("adds one name to the page and no other", async () => {
    stage.serve();
    const page = await stage.open();
    await stage.until(1);
    const names = await page.evaluate(() => Object.keys(window));
    stage.site.html = "";
    const bare = await stage.open();
    const known = new Set(await bare.evaluate(() => Object.keys(window)));
    expect(names.filter((name) => !known.has(name))).toEqual(["waymark"]);
  });
});
