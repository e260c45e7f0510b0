import { createHmac } from "node:crypto";

import { beforeAll, describe, expect, it } from "vitest";

import { ingestMessage } from "#contract/ingest-message.ts";
import { systemIds } from "#platform/ids.ts";

import { knownSite, sharedCollect, type RunningCollect } from "./start-collect.ts";

let collect: RunningCollect;
beforeAll(async () => {
  collect = await sharedCollect();
});

const newId = (atMs = Date.now()): string => systemIds.uuid7(new Date(atMs));
const VISITOR = "0197f3c2-8e1a-7abc-8abc-0123456789ab";

function pageview(given: object = {}): Record<string, unknown> {
  return {
    id: newId(),
    at: Date.now(),
    type: "pageview",
    url: "https://shop.example/?utm_source=pod",
    ...given,
  };
}

function body(siteKey: string, events: unknown[], given: object = {}): Record<string, unknown> {
  return { v: 1, site: siteKey, sentAt: Date.now(), events, ...given };
}

describe("POST /e", () => {
  it("answers 202 and puts every kind of event on the queue as it was sent", async () => {
    const site = await knownSite(collect.bindings);
    const url = "https://shop.example/";
    const events = [
      pageview({ title: "Shop", referrer: "https://news.example/" }),
      { id: newId(), at: 1, type: "click", url, link: "https://partner.example/x", text: "Buy" },
      { id: newId(), at: 2, type: "impression", url, campaign: "cmp_1" },
      {
        id: newId(),
        at: 3,
        type: "conversion",
        url,
        conversion: {
          type: "purchase",
          value: "49.90",
          currency: "EUR",
          orderId: "A-1",
          promoCode: "SPRING",
          test: false,
        },
        props: { plan: "pro" },
      },
      { id: newId(), at: 4, type: "custom", name: "video_played", url, props: { seconds: 30 } },
      { id: newId(), at: 5, type: "consent", state: "granted" },
    ];
    const sent = body(site.siteKey, events);
    const answer = await collect.send(sent);

    expect(answer.status).toBe(202);
    expect(await answer.json()).toEqual({ accepted: 6, rejected: [] });
    const [message] = await collect.queued(site.siteId, 1);
    expect(ingestMessage.parse(message?.body)).toEqual(message?.body);
    expect(message?.body).toMatchObject({
      siteId: site.siteId,
      database: "main",
      via: "pixel",
      sentAt: sent["sentAt"],
      received: 6,
      rejected: {},
      identity: "cookieless",
      agent: { browser: "Chrome", os: "Windows", device: "desktop" },
      bot: null,
      events,
    });
  });

  it("takes application/json as well, and an optional byte order mark", async () => {
    const site = await knownSite(collect.bindings);
    const text = `\uFEFF${JSON.stringify(body(site.siteKey, [pageview()]))}`;
    expect((await collect.send(text, { "Content-Type": "application/json" })).status).toBe(202);
  });

  it("refuses bad events one by one, each with its code, and counts them in the receipt", async () => {
    const site = await knownSite(collect.bindings);
    const events = [
      pageview(),
      pageview({ url: "javascript:alert(1)" }),
      pageview({ id: "6ba7b810-9dad-11d1-80b4-00c04fd430c8" }),
      pageview({ id: newId(Date.now() - 401 * 86_400_000) }),
      pageview({ id: newId(Date.now() + 2 * 86_400_000) }),
      { ...pageview(), type: "conversion", conversion: { value: -1 } },
      { ...pageview(), type: "conversion", conversion: { value: "1", currency: "EURO" } },
      { ...pageview(), props: { deep: { a: 1 } } },
      { ...pageview(), props: Object.fromEntries(Array.from({ length: 31 }, (_, i) => [`k${i}`, i])) },
      { ...pageview(), type: "refund", refund: { orderId: "A-1" } },
      { ...pageview(), type: "scroll" },
      "no event",
      { ...pageview(), type: "conversion", conversion: { value: "1", currency: "QQQ" } },
      { ...pageview(), type: "conversion", conversion: { value: "1", currency: "hrk" } },
      { ...pageview(), type: "conversion", conversion: { value: "999999999999999", currency: "EUR" } },
      { ...pageview(), type: "conversion", conversion: { value: "999999999999999" } },
      { ...pageview(), type: "conversion", conversion: { value: "999999999999999", currency: "JPY" } },
    ];
    const answer = await collect.send(body(site.siteKey, events));
    expect(answer.status).toBe(202);
    const { accepted, rejected } = (await answer.json()) as {
      accepted: number;
      rejected: { index: number; code: string; message: string }[];
    };
    expect(accepted).toBe(3);
    expect(rejected.map(({ index, code }) => [index, code])).toEqual([
      [1, "invalid_url"],
      [2, "invalid_id"],
      [3, "invalid_id"],
      [4, "invalid_id"],
      [5, "invalid_value"],
      [6, "invalid_currency"],
      [7, "invalid_props"],
      [8, "invalid_props"],
      [9, "not_allowed"],
      [10, "invalid_type"],
      [11, "invalid_event"],
      [12, "invalid_currency"],
      [14, "invalid_value"],
      [15, "invalid_value"],
    ]);
    for (const { message } of rejected) expect(message).toMatch(/\w/);

    const [message] = await collect.queued(site.siteId, 1);
    expect(message?.body.received).toBe(17);
    expect(message?.body.events).toHaveLength(3);
    expect(message?.body.rejected).toEqual({
      invalid_url: 1,
      invalid_id: 3,
      invalid_value: 3,
      invalid_currency: 2,
      invalid_props: 2,
      not_allowed: 1,
      invalid_type: 1,
      invalid_event: 1,
    });
  });

  it("cleans NUL and lone surrogates, marks the event, and leaves other events unmarked", async () => {
    const site = await knownSite(collect.bindings);
    const dirty = pageview({ title: "a\u0000b\ud83c", props: { "k\u0000": "v" } });
    await collect.send(body(site.siteKey, [dirty, pageview({ title: "Grüße 🎉" })]));
    const [message] = await collect.queued(site.siteId, 1);
    const [first, second] = message?.body.events ?? [];
    expect(first).toMatchObject({ title: "ab\uFFFD", props: { k: "v" }, cleaned: true });
    expect(second).toMatchObject({ title: "Grüße 🎉" });
    expect(second).not.toHaveProperty("cleaned");
  });

  it("keeps a conversion whose optional fields a template left empty, and reads a number as an order id", async () => {
    const site = await knownSite(collect.bindings);
    const empty = { orderId: "", promoCode: " ", value: "", currency: "", type: "" };
    const events = [
      { ...pageview(), type: "conversion", conversion: empty },
      { ...pageview(), type: "conversion", conversion: { orderId: 1009, currency: "eur", value: 5 } },
    ];
    const answer = await collect.send(body(site.siteKey, events));
    expect(await answer.json()).toEqual({ accepted: 2, rejected: [] });
    const [message] = await collect.queued(site.siteId, 1);
    expect(message?.body.events[0]?.conversion).toEqual({});
    expect(message?.body.events[1]?.conversion).toEqual({ orderId: "1009", currency: "EUR", value: 5 });
  });

  it("tells the pixel to stop when the site says so", async () => {
    const site = await knownSite(collect.bindings, { silent: true });
    const answer = await collect.send(body(site.siteKey, [pageview()]));
    expect(await answer.json()).toEqual({ accepted: 1, rejected: [], silence: true });
  });

  it("hashes the customer key and never queues or logs the raw one", async () => {
    const site = await knownSite(collect.bindings);
    const event = { id: newId(), at: 1, type: "identify", customer: "  Ann@Secret.example " };
    expect((await collect.send(body(site.siteKey, [event]))).status).toBe(202);
    const [message] = await collect.queued(site.siteId, 1);
    const mac = createHmac("sha256", Buffer.from(site.identifyKey, "hex"))
      .update("ann@secret.example")
      .digest("hex");
    const hash = message?.body.events[0]?.customerHash;
    expect(hash?.replaceAll("-", "")).toBe(mac.slice(0, 32));
    expect(JSON.stringify(message).toLowerCase()).not.toContain("secret.example");
  });
});

describe("POST /e, who it is", () => {
  it("keeps the browser's id in first-party mode only", async () => {
    const firstParty = await knownSite(collect.bindings, { identity: "first-party" });
    const cookieless = await knownSite(collect.bindings);
    for (const { siteKey } of [firstParty, cookieless]) {
      await collect.send(body(siteKey, [pageview()], { visitor: VISITOR }));
    }
    const [kept] = await collect.queued(firstParty.siteId, 1);
    expect(kept?.body).toMatchObject({ visitor: VISITOR, identity: "first-party" });
    const [hashed] = await collect.queued(cookieless.siteId, 1);
    expect(hashed?.body.identity).toBe("cookieless");
    expect(JSON.stringify(hashed)).not.toContain(VISITOR);
  });

  it.each([
    ["GPC", {}, { "Sec-GPC": "1" }],
    ["consent denied", { consent: "denied" }, {}],
  ])("discards the browser's id under %s", async (_, given, headers) => {
    const site = await knownSite(collect.bindings, { identity: "first-party" });
    await collect.send(
      body(site.siteKey, [pageview()], { visitor: VISITOR, ...given }),
      headers as Record<string, string>,
    );
    const [message] = await collect.queued(site.siteId, 1);
    expect(message?.body.identity).toBe("cookieless");
    expect(JSON.stringify(message)).not.toContain(VISITOR);
  });

  it("uses the browser's id under required consent only once it is granted", async () => {
    const site = await knownSite(collect.bindings, { identity: "first-party", consentRequired: true });
    await collect.send(body(site.siteKey, [pageview()], { visitor: VISITOR }));
    await collect.send(body(site.siteKey, [pageview()], { visitor: VISITOR, consent: "granted" }));
    const messages = await collect.queued(site.siteId, 2);
    expect(messages.map(({ body: { identity } }) => identity).toSorted()).toEqual([
      "cookieless",
      "first-party",
    ]);
  });

  it("drops events without consent where the site asks for it: refused with a code, still in the ledger", async () => {
    const site = await knownSite(collect.bindings, { consentRequired: true, withoutConsent: "drop" });
    const answer = await collect.send(body(site.siteKey, [pageview(), pageview({ url: "x" })]));
    expect(answer.status).toBe(202);
    expect(await answer.json()).toMatchObject({
      accepted: 0,
      rejected: [
        { index: 0, code: "no_consent" },
        { index: 1, code: "invalid_url" },
      ],
    });
    const [message] = await collect.queued(site.siteId, 1);
    expect(message?.body).toMatchObject({
      received: 2,
      rejected: { no_consent: 1, invalid_url: 1 },
      events: [],
      visitor: null,
      identity: "none",
    });
  });

  it("gives one hash to one browser on one site, another on another site, and lets no IP through", async () => {
    const [a, b] = [await knownSite(collect.bindings), await knownSite(collect.bindings)];
    const headers = { "CF-Connecting-IP": "203.0.113.77" };
    await collect.send(body(a.siteKey, [pageview()]), headers);
    await collect.send(body(a.siteKey, [pageview()]), headers);
    await collect.send(body(a.siteKey, [pageview()]), { "CF-Connecting-IP": "203.0.113.78" });
    await collect.send(body(b.siteKey, [pageview()]), headers);
    const onA = await collect.queued(a.siteId, 3);
    const onB = await collect.queued(b.siteId, 1);
    expect(new Set(onA.map(({ body: { visitor } }) => visitor)).size).toBe(2);
    expect(onA.map(({ body: { visitor } }) => visitor)).not.toContain(onB[0]?.body.visitor);
    expect(JSON.stringify([onA, onB])).not.toContain("203.0.113");
  });

  it("sends one visitor to one queue and a site's visitors to several", async () => {
    const site = await knownSite(collect.bindings, { identity: "first-party" });
    for (let n = 0; n < 12; n += 1) {
      await collect.send(body(site.siteKey, [pageview()], { visitor: newId(n % 6) }));
      await collect.send(body(site.siteKey, [pageview()], { visitor: VISITOR }));
    }
    const messages = await collect.queued(site.siteId, 24);
    const queuesOf = (visitor: string): Set<string> =>
      new Set(messages.filter((one) => one.body.visitor === visitor).map(({ queue }) => queue));
    expect(queuesOf(VISITOR).size).toBe(1);
    expect(new Set(messages.map(({ queue }) => queue)).size).toBeGreaterThan(1);
  });

  it.each([
    ["by its name", { "User-Agent": "Googlebot/2.1 (+http://www.google.com/bot.html)" }, /^known:/],
    ["by its brands", { "Sec-CH-UA": '"HeadlessChrome";v="142"' }, /^headless:HeadlessChrome$/],
  ])("tells a bot %s, says so, and takes its events all the same", async (_, headers, reason) => {
    const site = await knownSite(collect.bindings);
    const answer = await collect.send(body(site.siteKey, [pageview()]), headers as Record<string, string>);
    expect(await answer.json()).toEqual({ accepted: 1, rejected: [] });
    const [message] = await collect.queued(site.siteId, 1);
    expect(message?.body.bot).toMatch(reason);
  });

  it.each([
    ["where it looks", { url: "https://shop.example/.env" }, "scanner_path:/.env"],
    ["whence it comes", { referrer: "https://www.semalt.com/" }, "referrer_spam:semalt.com"],
  ])("tells a bot by %s", async (_, event, reason) => {
    const site = await knownSite(collect.bindings);
    const answer = await collect.send(body(site.siteKey, [pageview(event)]));
    expect(await answer.json()).toEqual({ accepted: 1, rejected: [] });
    const [message] = await collect.queued(site.siteId, 1);
    expect(message?.body.bot).toBe(reason);
  });

  it("keeps a country that Cloudflare knows and no other", async () => {
    const site = await knownSite(collect.bindings);
    await collect.send(body(site.siteKey, [pageview()]), { "CF-IPCountry": "XX" });
    const [message] = await collect.queued(site.siteId, 1);
    expect(message?.body.country === null || /^[A-Z]{2}$/.test(message?.body.country ?? "")).toBe(true);
    expect(message?.body.country).not.toBe("XX");
  });
});
