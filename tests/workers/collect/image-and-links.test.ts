import { gzipSync } from "node:zlib";
import { readFile } from "node:fs/promises";

import { beforeAll, describe, expect, it } from "vitest";

import { uuidV7TimeMs } from "#core/events/uuid-v7.ts";
import { systemIds } from "#platform/ids.ts";

import {
  BROWSER,
  knownLink,
  knownSite,
  sharedCollect,
  type Queued,
  type RunningCollect,
} from "./start-collect.ts";

let collect: RunningCollect;
beforeAll(async () => {
  collect = await sharedCollect();
});

const PERSON = { "User-Agent": BROWSER };

async function image(query: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
  const path = `/e.gif?${new URLSearchParams(query).toString()}`;
  return await collect.fetch(path, { headers: { ...PERSON, ...headers } });
}

async function expectGif(answer: Response): Promise<void> {
  expect(answer.status).toBe(200);
  expect(answer.headers.get("Content-Type")).toBe("image/gif");
  expect(answer.headers.get("Cache-Control")).toContain("no-store");
  const bytes = new Uint8Array(await answer.arrayBuffer());
  expect(bytes).toHaveLength(43);
  expect(Buffer.from(bytes.subarray(0, 6)).toString()).toBe("GIF89a");
}

describe("GET /e.gif", () => {
  it("records an impression with a time and an id made at the edge", async () => {
    const site = await knownSite(collect.bindings);
    const before = Date.now();
    const answer = await image(
      { site: site.siteKey, campaign: "cmp_1", promo: "SPRING" },
      { Referer: "https://partner.example/page" },
    );
    await expectGif(answer);
    expect(answer.headers.has("X-Waymark-Refused")).toBe(false);

    const [message] = await collect.queued(site.siteId, 1);
    const event = message?.body.events[0];
    expect(message?.body).toMatchObject({
      via: "image",
      sentAt: null,
      received: 1,
      identity: "cookieless",
      bot: null,
    });
    expect(event).toMatchObject({
      type: "impression",
      campaign: "cmp_1",
      promoCode: "SPRING",
      url: "https://partner.example/page",
    });
    expect(uuidV7TimeMs(event?.id ?? "")).toBeGreaterThanOrEqual(before);
  });

  const NO_PAGES = [
    "android-app://com.google.android.gm/",
    "file:///home/a.html",
    "about:blank",
    "null",
    "/a",
    "",
  ];

  it("takes a Referer that is no page for none", async () => {
    const site = await knownSite(collect.bindings);
    const outcomes = await Promise.all(
      NO_PAGES.map(async (Referer) => {
        const answer = await image({ site: site.siteKey, type: "conversion", value: "1" }, { Referer });
        return answer.headers.get("X-Waymark-Refused");
      }),
    );
    expect(outcomes).toEqual(NO_PAGES.map(() => null));
    const messages = await collect.queued(site.siteId, NO_PAGES.length);
    for (const { body } of messages) expect(body.events[0]).not.toHaveProperty("url");
  });

  it("asks for a page where the event is one, and refuses an address that the sender gave", async () => {
    const site = await knownSite(collect.bindings);
    const view = { site: site.siteKey, type: "pageview" };
    const headers = { Referer: "android-app://com.google.android.gm/" };
    const outcomes = [
      await image(view, headers),
      await image({ site: site.siteKey, url: "file:///home/a.html" }, { Referer: "https://shop.example/" }),
      await image(view, { Referer: "HTTPS://shop.example/a" }),
    ].map((answer) => answer.headers.get("X-Waymark-Refused"));
    expect(outcomes).toEqual(["invalid_url", "invalid_url", null]);
  });

  it("takes an id of the sender's, so that a repeated picture can be told", async () => {
    const site = await knownSite(collect.bindings);
    const id = systemIds.uuid7(new Date());
    await image({ site: site.siteKey, id });
    await image({ site: site.siteKey, id });
    const messages = await collect.queued(site.siteId, 2);
    expect(messages.map(({ body }) => body.events[0]?.id)).toEqual([id, id]);
    expect(new Set(messages.map(({ body }) => body.receiptId)).size).toBe(2);
  });

  it("records a conversion with its money and order", async () => {
    const site = await knownSite(collect.bindings);
    const query = {
      type: "conversion",
      value: "49.90",
      currency: "EUR",
      order: "A-9",
      promo: "S",
      url: "https://a.example/",
    };
    await expectGif(await image({ site: site.siteKey, ...query }));
    const [message] = await collect.queued(site.siteId, 1);
    expect(message?.body.events[0]).toMatchObject({
      type: "conversion",
      url: "https://a.example/",
      conversion: { value: "49.90", currency: "EUR", orderId: "A-9", promoCode: "S" },
    });
  });

  it("counts the image proxy of a mailbox as the person who opened the mail", async () => {
    const site = await knownSite(collect.bindings);
    const userAgent =
      "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)";
    await image({ site: site.siteKey }, { "User-Agent": userAgent });
    const [message] = await collect.queued(site.siteId, 1);
    expect(message?.body.bot).toBeNull();
  });

  it.each([
    ["no site", {}, "unknown_site"],
    ["an unknown kind", { type: "scroll" }, "invalid_type"],
    ["an id that is no UUIDv7", { id: "1" }, "invalid_id"],
    ["a pageview without a page", { type: "pageview" }, "invalid_url"],
    ["a negative value", { type: "conversion", value: "-1" }, "invalid_value"],
    ["a value beyond whole cents", { type: "conversion", value: "999999999999999" }, "invalid_value"],
    ["a currency that is none", { type: "conversion", value: "1", currency: "XXQ" }, "invalid_currency"],
    ["a refund", { type: "refund" }, "not_allowed"],
  ])("is still an image for %s, and says why nothing was recorded", async (_, query: object, code) => {
    const site = await knownSite(collect.bindings);
    const answer = await image({ ...(code === "unknown_site" ? {} : { site: site.siteKey }), ...query });
    await expectGif(answer);
    expect(answer.headers.get("X-Waymark-Refused")).toBe(code);
    expect(await collect.queuedInTheEnd(site.siteId)).toEqual([]);
  });

  it("records nothing under GPC where the site drops what has no consent", async () => {
    const site = await knownSite(collect.bindings, { withoutConsent: "drop" });
    const answer = await image({ site: site.siteKey }, { "Sec-GPC": "1" });
    await expectGif(answer);
    expect(answer.headers.get("X-Waymark-Refused")).toBe("no_consent");
  });
});

describe("GET /r/:slug", () => {
  let lastSlug = 0;
  async function link(destination: string): Promise<{ slug: string; siteId: number }> {
    const site = await knownSite(collect.bindings);
    lastSlug += 1;
    const slug = `slug${lastSlug}`;
    await knownLink(collect.bindings, { siteId: site.siteId, siteKey: site.siteKey, slug, destination });
    return { slug, siteId: site.siteId };
  }
  const only = ([first]: Queued[]): Queued["body"] | undefined => first?.body;

  it("redirects with the click's id, keeps query and hash, and records that very click", async () => {
    const { slug, siteId } = await link("https://shop.example/sale?utm_source=pod&utm_campaign=spring#top");
    const answer = await collect.fetch(`/r/${slug}`, {
      headers: { ...PERSON, Referer: "https://pod.example/" },
    });
    expect(answer.status).toBe(302);
    expect(answer.headers.get("Cache-Control")).toBe("no-store");
    const to = new URL(answer.headers.get("Location") ?? "");
    expect(to.origin + to.pathname + to.hash).toBe("https://shop.example/sale#top");
    expect(to.searchParams.get("utm_campaign")).toBe("spring");

    const message = only(await collect.queued(siteId, 1));
    expect(to.searchParams.get("wm_click")).toBe(`${slug}.${message?.events[0]?.id}`);
    expect(message).toMatchObject({
      via: "redirect",
      visitor: null,
      identity: "none",
      bot: null,
      sentAt: null,
    });
    expect(message?.events[0]).toMatchObject({ type: "click", slug, referrer: "https://pod.example/" });
    expect(message?.events[0]?.at).toBe(message?.receivedAt);
  });

  it("gives every click an id of its own", async () => {
    const { slug, siteId } = await link("https://shop.example/");
    const places = await Promise.all(
      [1, 2, 3].map(async () => await collect.fetch(`/r/${slug}`, { headers: PERSON })),
    );
    expect(new Set(places.map(({ headers }) => headers.get("Location"))).size).toBe(3);
    expect(await collect.queued(siteId, 3)).toHaveLength(3);
  });

  it.each([
    ["HEAD", { method: "HEAD", headers: PERSON }, "head"],
    ["a prefetch", { headers: { ...PERSON, "Sec-Purpose": "prefetch" } }, "prefetch"],
    ["a link preview", { headers: { "User-Agent": "Slackbot-LinkExpanding 1.0" } }, "known:"],
  ])("redirects %s as well, and records it as a bot", async (_, init: RequestInit, reason) => {
    const { slug, siteId } = await link("https://shop.example/");
    const answer = await collect.fetch(`/r/${slug}`, init);
    expect(answer.status).toBe(302);
    expect(answer.headers.get("Location")).toMatch(/^https:\/\/shop\.example\/\?wm_click=/);
    expect(only(await collect.queued(siteId, 1))?.bot).toContain(reason);
  });

  it("answers an unknown slug with a page a person can read, and records nothing", async () => {
    const answer = await collect.fetch("/r/nobody-made-this", { headers: PERSON });
    expect(answer.status).toBe(404);
    expect(answer.headers.get("Content-Type")).toContain("text/html");
    expect(await answer.text()).toContain("<h1>");
  });
});

describe("GET /attribution.js", () => {
  it("serves the built pixel byte by byte, cacheable, to any origin", async () => {
    const answer = await collect.fetch("/attribution.js");
    expect(answer.status).toBe(200);
    expect(answer.headers.get("Content-Type")).toContain("text/javascript");
    expect(answer.headers.get("Cache-Control")).toMatch(/public, max-age=3600, stale-while-revalidate=\d+/);
    expect(answer.headers.get("Access-Control-Allow-Origin")).toBe("*");
    expect(answer.headers.get("Cross-Origin-Resource-Policy")).toBe("cross-origin");
    const built = await readFile(new URL("../../../pixel/dist/attribution.js", import.meta.url), "utf8");
    expect(await answer.text()).toBe(built);
    expect(gzipSync(built, { level: 9 }).length).toBeLessThanOrEqual(1_800);
  });

  it("answers 304 to whoever has it already", async () => {
    const etag = (await collect.fetch("/attribution.js")).headers.get("ETag") ?? "";
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`]) {
      const answer = await collect.fetch("/attribution.js", { headers: { "If-None-Match": tag } });
      expect([answer.status, await answer.text()]).toEqual([304, ""]);
    }
    const other = await collect.fetch("/attribution.js", { headers: { "If-None-Match": '"other"' } });
    expect(other.status).toBe(200);
  });

  it("is well", async () => {
    expect((await collect.fetch("/healthz")).status).toBe(200);
  });
});
