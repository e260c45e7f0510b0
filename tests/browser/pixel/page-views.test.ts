import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { parsePixelEvent } from "#contract/parse-event.ts";
import { uuidV7TimeMs } from "#core/events/uuid-v7.ts";

import { everythingStored, startPixelStage, waymark, type PixelStage } from "./pixel-page.ts";

let stage: PixelStage;
beforeAll(async () => {
  stage = await startPixelStage();
});
afterAll(async () => await stage.close());
beforeEach(async () => await stage.reset());

function only<T>(list: readonly T[]): T {
  const [first, ...more] = list;
  if (first === undefined || more.length > 0) throw new Error(`${list.length} where one was to be`);
  return first;
}

describe("a page view", () => {
  it("is one request, with no preflight, in the shape collect takes", async () => {
    stage.serve();
    const before = Date.now();
    await stage.open("/shop?utm_source=pod&gclid=x#reviews");
    await stage.until(1);
    await stage.quiet();

    expect(stage.collect.requests).toHaveLength(1);
    const { method, contentType, body } = only(stage.collect.requests);
    expect([method, contentType.split(";")[0]]).toEqual(["POST", "text/plain"]);
    expect(body).toMatchObject({ v: 1, site: "wms_1" });
    const event = only(body.events);
    expect(parsePixelEvent(event).ok).toBe(true);
    // The anchor is no page and may hold a token; the query goes whole, the server reads it.
    expect(event).toMatchObject({
      type: "pageview",
      url: `${stage.site.origin}/shop?utm_source=pod&gclid=x`,
      title: "/shop",
    });
    for (const time of [uuidV7TimeMs(event.id), event.at, body.sentAt]) {
      expect(time).toBeGreaterThanOrEqual(before);
      expect(time).toBeLessThanOrEqual(Date.now());
    }
  });

  it("stores nothing at all on the device by default, and names no visitor", async () => {
    stage.serve();
    const page = await stage.open();
    await waymark(page, "event", "x", {});
    await stage.until(2);
    expect(await everythingStored(page)).toEqual([[], [], "", [], 0]);
    for (const { body } of stage.collect.requests) expect(body).not.toHaveProperty("visitor");
  });

  it("carries the referrer, the snippet's campaign and its promo code", async () => {
    stage.serve('data-campaign="cmp_1" data-promo="SPRING"');
    const page = await stage.open("/first");
    await page.evaluate(() => location.assign("/second"));
    await stage.until(2);
    expect(stage.collect.events()[1]).toMatchObject({
      referrer: `${stage.site.origin}/first`,
      campaign: "cmp_1",
      promoCode: "SPRING",
    });
  });

  it("goes to the endpoint that the snippet names", async () => {
    stage.serve(`data-endpoint="${stage.collect.origin}/e-of-my-own/"`);
    await stage.open();
    await stage.until(1);
    expect(stage.collect.requests).toHaveLength(1);
  });

  it("is counted once when the snippet is on the page twice", async () => {
    stage.serve();
    stage.site.html += stage.site.html;
    await stage.open();
    await stage.until(1);
    await stage.quiet();
    expect(stage.collect.events()).toHaveLength(1);
  });

  it("is not sent, and nothing breaks, without a site key", async () => {
    stage.site.html = `<script defer src="${stage.collect.origin}/attribution.js"></script>`;
    await stage.open();
    await stage.quiet();
    expect(stage.collect.requests).toEqual([]);
    expect(stage.errors).toEqual([]);
  });
});

describe("a single-page application", () => {
  it("is counted at each new address, with the previous one as referrer and the title it sets by then", async () => {
    stage.serve();
    const page = await stage.open("/a");
    await page.evaluate(() => {
      history.pushState({}, "", "/b?x=1");
      document.title = "Page B";
    });
    await stage.until(2);
    await page.evaluate(() => history.replaceState({}, "", "/c"));
    await stage.until(3);
    await page.goBack();
    await stage.until(4);

    const { origin } = stage.site;
    const seen = stage.collect.events().map(({ url, referrer }) => [url, referrer]);
    expect(seen.slice(1)).toEqual([
      [`${origin}/b?x=1`, `${origin}/a`],
      [`${origin}/c`, `${origin}/b?x=1`],
      [`${origin}/a`, `${origin}/c`],
    ]);
    expect(stage.collect.events()[1]?.["title"]).toBe("Page B");
  });

  it("is not counted again for the same address, an anchor, or a chain that is over at once", async () => {
    stage.serve("", '<a id="jump" href="#part">part</a>');
    const page = await stage.open("/a");
    await stage.until(1);
    await page.evaluate(() => {
      history.pushState({ some: "state" }, "", location.href);
      history.replaceState({}, "", "/a");
      history.pushState({}, "", "/elsewhere");
      history.replaceState({}, "", "/a");
    });
    await page.click("#jump");
    await stage.quiet();
    expect(stage.collect.events()).toHaveLength(1);
  });

  it("is counted at each route behind a hash", async () => {
    stage.serve();
    const page = await stage.open("/app#/inbox");
    await page.evaluate(() => location.assign("#/sent"));
    await stage.until(2);
    expect(stage.collect.events().map(({ url }) => String(url).split("/app")[1])).toEqual([
      "#/inbox",
      "#/sent",
    ]);
  });

  it("keeps what history answers and throws as it was", async () => {
    stage.serve();
    const page = await stage.open();
    const threw = await page.evaluate(() => {
      try {
        history.pushState({}, "", "https://other.example/");
        return false;
      } catch {
        return true;
      }
    });
    expect(threw).toBe(true);
    expect(await page.evaluate(() => history.length)).toBeGreaterThan(0);
  });
});

describe("pages that are not looked at", () => {
  it("counts a prerendered page only once it is shown; its commands wait in order", async () => {
    stage.serve(
      "",
      "<script>waymark=function(){(waymark.q=waymark.q||[]).push(arguments)};waymark('event','early')</script>",
    );
    const context = await stage.visitor();
    await context.addInitScript(() => {
      Object.defineProperty(document, "prerendering", { configurable: true, get: () => true });
    });
    const page = await stage.open("/", context);
    await waymark(page, "event", "later");
    await stage.quiet();
    expect(stage.collect.requests).toEqual([]);

    await page.evaluate(() => {
      Object.defineProperty(document, "prerendering", { get: () => false });
      document.dispatchEvent(new Event("prerenderingchange"));
    });
    await stage.until(3);
    const [request] = stage.collect.requests;
    expect(request?.body.events.map(({ type, name }) => name ?? type)).toEqual([
      "pageview",
      "early",
      "later",
    ]);
  });

  it("counts a tab opened in the background when it is first looked at, once", async () => {
    stage.serve();
    const context = await stage.visitor();
    await context.addInitScript(() => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => true });
    });
    const page = await stage.open("/", context);
    await stage.quiet();
    expect(stage.collect.requests).toEqual([]);
    await page.evaluate(() => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => false });
      document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
      document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    });
    await stage.until(1);
    await stage.quiet();
    expect(stage.collect.events()).toHaveLength(1);
  });

  it("records a conversion even in a tab nobody looks at, after its page view", async () => {
    stage.serve();
    const context = await stage.visitor();
    await context.addInitScript(() => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => true });
    });
    const page = await stage.open("/thanks", context);
    await waymark(page, "conversion", { type: "purchase" });
    await stage.until(2);
    expect(stage.collect.events().map(({ type }) => type)).toEqual(["pageview", "conversion"]);
  });

  it("counts a page once more when it comes back from the back/forward cache, as coming from itself", async () => {
    stage.serve();
    const page = await stage.open("/a");
    await stage.until(1);
    await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
    await stage.until(2);
    expect(stage.collect.events()[1]).toMatchObject({
      url: `${stage.site.origin}/a`,
      referrer: `${stage.site.origin}/a`,
    });
    await page.evaluate(() =>
      window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: false })),
    );
    await stage.quiet();
    expect(stage.collect.events()).toHaveLength(2);
  });
});

describe("commands", () => {
  it("given before the script has loaded are kept, in order, in the page's one request", async () => {
    const stub = "window.waymark=window.waymark||function(){(waymark.q=waymark.q||[]).push(arguments)};";
    stage.serve(
      "",
      `<script>${stub}waymark('event','one',{n:1});waymark('event','two');waymark('identify','c-7')</script>`,
    );
    await stage.open();
    await stage.until(4);
    await stage.quiet();
    expect(stage.collect.requests).toHaveLength(1);
    const events = stage.collect.events();
    expect(events.map(({ type, name, customer }) => name ?? customer ?? type)).toEqual([
      "pageview",
      "one",
      "two",
      "c-7",
    ]);
    expect(events[1]).toMatchObject({ type: "custom", props: { n: 1 } });
    expect(new Set(events.map(({ id }) => id)).size).toBe(4);
  });

  it("'pageview' counts the same address once more", async () => {
    stage.serve();
    const page = await stage.open();
    await waymark(page, "pageview");
    await stage.until(2, "pageview");
    expect(new Set(stage.collect.events().map(({ url }) => url)).size).toBe(1);
  });

  it("that are unknown or wrong never throw into the page, and what follows them still works", async () => {
    stage.serve();
    const page = await stage.open();
    await page.evaluate(() => {
      const circle: Record<string, unknown> = {};
      circle["self"] = circle;
      const { waymark: call } = window as unknown as { waymark: (...args: unknown[]) => void };
      call("nonsense");
      call();
      call("event", "circle", circle);
      call("event", "huge", { text: "x".repeat(200_000) });
      call("conversion");
      call("event", "fine");
    });
    await stage.until(1, "custom");
    await stage.quiet();
    expect(stage.errors).toEqual([]);
    expect(stage.collect.events("custom").map(({ name }) => name)).toEqual(["fine"]);
    expect(stage.collect.events("conversion")).toHaveLength(1);
  });
});
