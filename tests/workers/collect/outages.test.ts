import { fileURLToPath } from "node:url";

import { beforeEach, describe, expect, it, vi, type MockInstance } from "vitest";

import type { EdgeSite } from "#contract/edge-config.ts";
import type { IngestMessage } from "#contract/ingest-message.ts";
import type { QueueMessage } from "#contract/queue-message.ts";
import { systemIds } from "#platform/ids.ts";
import { composeMessages } from "#usecases/collect/compose-messages.ts";

// What a healthy runtime never does – queues that refuse, a broken KV, a full brake – is played here by bindings
// that fail on command, under the Worker's own entrypoint.
type Failing = { queue: number; spill: boolean; kv: boolean; rateByIp: boolean; rateBySite: boolean };

let failing: Failing;
let sent: { shard: number; message: IngestMessage }[];
let spilled: Map<string, QueueMessage>;
let kv: Map<string, unknown>;
let kvReads: number;
let deferred: Promise<unknown>[];
/** Bindings and variables in place of those below. */
let configured: Record<string, unknown>;
let warn: MockInstance;
let worker: { fetch: (request: Request, env: never, context: never) => Response | Promise<Response> };

beforeEach(async () => {
  vi.useRealTimers();
  failing = { queue: 0, spill: false, kv: false, rateByIp: false, rateBySite: false };
  sent = [];
  spilled = new Map();
  kv = new Map<string, unknown>([["site:wms_1", SITE]]);
  kvReads = 0;
  deferred = [];
  configured = {};
  warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  // A fresh isolate: nothing is remembered.
  vi.resetModules();
  vi.doMock("#pixel/dist/attribution.js.txt", () => ({ default: "" }));
  worker = ((await import(ENTRYPOINT)) as { default: typeof worker }).default;
});

// By address and not by name: its types are those of a Worker, not of a test.
const ENTRYPOINT = fileURLToPath(new URL("../../../workers/collect/index.ts", import.meta.url));

const SITE: EdgeSite = {
  siteId: 1,
  siteKey: "wms_1",
  database: "main",
  origins: [],
  currency: "EUR",
  identity: "first-party",
  consentRequired: false,
  withoutConsent: "cookieless",
  honourGpc: true,
  honourDnt: false,
  identifyKey: "0b".repeat(32),
  silent: false,
};
const VISITOR = "0197f3c2-8e1a-7abc-8abc-0123456789ab";

const queue = (shard: number): object => ({
  send: async ({ bodies }: QueueMessage) => {
    await Promise.resolve();
    if (failing.queue > 0) {
      failing.queue -= 1;
      throw new Error("Unknown Internal Error (15000)");
    }
    for (const message of bodies) sent.push({ shard, message: structuredClone(message) });
  },
});

const env = {
  EVENT_SHARDS: "2",
  EVENTS_0: queue(0),
  EVENTS_1: queue(1),
  SPILL: {
    put: async (key: string, text: string) => {
      await Promise.resolve();
      if (failing.spill) throw new Error("R2 is down");
      spilled.set(key, JSON.parse(text) as QueueMessage);
    },
  },
  EDGE_CONFIG: {
    get: async (key: string) => {
      await Promise.resolve();
      kvReads += 1;
      if (failing.kv) throw new Error("KV is down");
      return kv.get(key) ?? null;
    },
  },
  RATE_BY_IP: { limit: async () => await Promise.resolve({ success: !failing.rateByIp }) },
  RATE_BY_SITE: { limit: async () => await Promise.resolve({ success: !failing.rateBySite }) },
};

async function call(path: string, init: RequestInit = {}): Promise<Response> {
  const context = { waitUntil: (work: Promise<unknown>) => deferred.push(work), passThroughOnException() {} };
  const headers = { "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0" };
  const request = new Request(`https://collect.test${path}`, { headers, ...init });
  return await worker.fetch(request, { ...env, ...configured } as never, context as never);
}

async function settleDeferred(): Promise<void> {
  for (let settled = 0; settled < deferred.length; settled += 1) await deferred[settled];
}

function event(given: object = {}): Record<string, unknown> {
  return { id: systemIds.uuid7(new Date()), at: Date.now(), type: "click", ...given };
}

async function post(events: unknown[], given: object = {}): Promise<Response> {
  const body = JSON.stringify({
    v: 1,
    site: "wms_1",
    sentAt: Date.now(),
    visitor: VISITOR,
    events,
    ...given,
  });
  return await call("/e", { method: "POST", body });
}

const logged = (): string => warn.mock.calls.flat().join("\n");

describe("a queue that refuses", () => {
  it.each([1, 2])("is tried again after %d failures, and the event is there once", async (failures) => {
    failing.queue = failures;
    expect((await post([event()])).status).toBe(202);
    expect(sent).toHaveLength(1);
    expect(spilled.size).toBe(0);
  });

  it("sends the events to the spill after three tries, with the same receipt, and answers 202", async () => {
    failing.queue = 3;
    const click = event();
    expect((await post([click])).status).toBe(202);
    expect(sent).toEqual([]);
    const [[key, object] = []] = [...spilled];
    const [message] = object?.bodies ?? [];
    expect(message?.events).toMatchObject([click]);
    const hour = new Date(message?.receivedAt ?? 0).toISOString().slice(0, 13);
    expect(key).toBe(`spill/${hour}/${message?.receiptId}.json`);
    expect(logged()).toContain("event_spilled");
  });

  it("503 with Retry-After when the spill is down too: never a 2xx for what is not durable", async () => {
    failing.queue = 99;
    failing.spill = true;
    const answer = await post([event()]);
    expect(answer.status).toBe(503);
    expect(answer.headers.get("Retry-After")).toBe("5");
    expect(await answer.json()).toMatchObject({ code: "not_durable" });
    expect(answer.headers.get("Access-Control-Allow-Origin")).toBe("*");
    expect(logged()).toContain("event_lost");
    expect(logged()).not.toContain(VISITOR);
  });

  it(
    "loses no picture and no click: both go to the spill behind their answer",
    { tags: ["long"] },
    async () => {
      kv.set("link:s", { siteId: 1, siteKey: "wms_1", slug: "s", destination: "https://shop.example/" });
      failing.queue = 99;
      expect((await call("/e.gif?site=wms_1")).headers.has("X-Waymark-Refused")).toBe(false);
      expect((await call("/r/s")).status).toBe(302);
      await settleDeferred();
      expect([...spilled.values()].flatMap(({ bodies }) => bodies.map(({ via }) => via)).toSorted()).toEqual([
        "image",
        "redirect",
      ]);
    },
  );
});

describe("the number of shards", () => {
  const ids = Array.from({ length: 24 }, (_, index) => systemIds.uuid7(new Date(index)));
  const bindings = Object.fromEntries([0, 1, 2, 3].map((shard) => [`EVENTS_${shard}`, queue(shard)]));

  it.each([1, 4])("of %d spreads visitors over just so many queues, each visitor in one", async (count) => {
    configured = { ...bindings, EVENT_SHARDS: String(count) };
    for (const visitor of [...ids, ...ids]) {
      expect((await post([event()], { visitor })).status).toBe(202);
    }
    for (const visitor of ids) {
      const own = sent.filter(({ message }) => message.visitor === visitor);
      expect(new Set(own.map(({ shard }) => shard)).size).toBe(1);
    }
    const used = new Set(sent.map(({ shard }) => shard));
    expect(used).toEqual(new Set(Array.from({ length: count }, (_, shard) => shard)));
  });

  it("that is more than is bound fails every request, the health check too, and the log says why", async () => {
    const error = vi.spyOn(console, "error").mockImplementation(() => {});
    configured = { EVENT_SHARDS: "3" };
    expect((await call("/healthz")).status).toBe(500);
    expect((await post([event()])).status).toBe(500);
    expect(error.mock.calls.flat().join()).toContain("EVENTS_2 is not bound");
    expect(sent).toEqual([]);
  });
});

describe("a body too large for one message", () => {
  const events = Array.from({ length: 50 }, (_, i) => ({
    id: systemIds.uuid7(new Date(i)),
    at: i,
    type: "custom" as const,
    name: "e",
    props: { text: "€".repeat(2_000) },
  }));
  const facts = {
    requestId: "r",
    method: "POST",
    host: "collect.test",
    cookieVisitor: null,
    ip: "203.0.113.9",
    userAgent: "",
    purpose: null,
    brands: null,
    country: null,
  };
  const parts = composeMessages(
    { ids: systemIds },
    {
      site: SITE,
      facts: { ...facts, referrer: null, hasGpc: false, hasDnt: false },
      via: "pixel",
      receivedAtMs: 1_790_000_000_000,
      sentAtMs: null,
      visitor: { visitor: VISITOR, identity: "first-party" },
      bot: null,
      events,
      rejected: { invalid_url: 2, invalid_id: 1 },
    },
  ).map(({ message }) => message);

  it("becomes several messages, none larger than a queue takes, with every event once and in order", () => {
    expect(parts.length).toBeGreaterThan(1);
    for (const part of parts) expect(Buffer.byteLength(JSON.stringify(part))).toBeLessThanOrEqual(120_000);
    expect(parts.flatMap((part) => part.events)).toEqual(events);
  });

  it("has a receipt for each, whose counts add up to the body's", () => {
    expect(new Set(parts.map(({ receiptId }) => receiptId)).size).toBe(parts.length);
    expect(parts.reduce((sum, { received }) => sum + received, 0)).toBe(53);
    const rejected = parts.flatMap((part) => Object.values(part.rejected));
    expect(rejected.reduce((sum, count) => sum + count, 0)).toBe(3);
  });

  it("lets the IP into none of them", () => {
    expect(JSON.stringify(parts)).not.toContain(facts.ip);
  });
});

describe("a store of configuration that is broken", () => {
  it("503 for a site this isolate has never seen", async () => {
    failing.kv = true;
    const answer = await post([event()]);
    expect([answer.status, answer.headers.get("Retry-After")]).toEqual([503, "5"]);
  });

  it("goes on with what was known, however old, for sites and links", async () => {
    kv.set("link:s", { siteId: 1, siteKey: "wms_1", slug: "s", destination: "https://shop.example/" });
    await post([event()]);
    await call("/r/s");
    failing.kv = true;
    const later = Date.now() + 3_600_000;
    vi.spyOn(Date, "now").mockReturnValue(later);
    expect((await post([event()])).status).toBe(202);
    expect((await call("/r/s")).status).toBe(302);
    vi.mocked(Date.now).mockRestore();
  });

  it("answers a link it has never seen with a page that asks to try again", async () => {
    failing.kv = true;
    const answer = await call("/r/never");
    expect([answer.status, answer.headers.get("Retry-After")]).toEqual([503, "5"]);
    expect(answer.headers.get("Content-Type")).toContain("text/html");
  });

  it("treats an entry it cannot understand as a broken store, not as an unknown site", async () => {
    kv.set("site:wms_1", { siteId: "one" });
    expect((await post([event()])).status).toBe(503);
  });
});

describe("isolate memory", () => {
  it("reads a site once in 30 seconds, and an unknown one once in 5", async () => {
    const now = vi.spyOn(Date, "now");
    const at = (ms: number): unknown => now.mockReturnValue(1_790_000_000_000 + ms);
    at(0);
    await post([event()]);
    at(29_999);
    await post([event()]);
    expect(kvReads).toBe(1);
    at(30_000);
    await post([event()]);
    expect(kvReads).toBe(2);

    kvReads = 0;
    at(40_000);
    expect((await post([event()], { site: "wms_new" })).status).toBe(404);
    at(44_999);
    expect((await post([event()], { site: "wms_new" })).status).toBe(404);
    expect(kvReads).toBe(1);
    kv.set("site:wms_new", { ...SITE, siteKey: "wms_new" });
    at(45_000);
    expect((await post([event()], { site: "wms_new" })).status).toBe(202);
    now.mockRestore();
  });
});

describe("salts", () => {
  const MIDNIGHT = Date.UTC(2026, 10, 23);
  const DAY_BEFORE = "2026-11-22";
  const DAY = "2026-11-23";
  const cookieless = { ...SITE, identity: "cookieless" } as const;
  const salt = (day: string, digit: string): void =>
    void kv.set(`salt:${day}`, { day, salt: digit.repeat(64) });

  async function messageAt(ms: number): Promise<IngestMessage | undefined> {
    vi.useFakeTimers({ now: ms, toFake: ["Date"] });
    kv.set("site:wms_1", cookieless);
    const answer = await post([event()]);
    expect(answer.status).toBe(202);
    vi.useRealTimers();
    return sent.at(-1)?.message;
  }

  it("no salt: no visitor, never an improvised one, and ingest can tell that one is missing", async () => {
    expect(await messageAt(MIDNIGHT + 3_600_000)).toMatchObject({ visitor: null, identity: "cookieless" });
  });

  it("sends both hashes for 30 minutes after midnight, then the new one alone", async () => {
    salt(DAY_BEFORE, "1");
    salt(DAY, "2");
    const before = await messageAt(MIDNIGHT - 1_000);
    const after = await messageAt(MIDNIGHT + 60_000);
    const later = await messageAt(MIDNIGHT + 30 * 60_000);
    expect(before).not.toHaveProperty("previousVisitor");
    expect(after?.previousVisitor).toBe(before?.visitor);
    expect(after?.visitor).not.toBe(before?.visitor);
    expect(later?.visitor).toBe(after?.visitor);
    expect(later).not.toHaveProperty("previousVisitor");
  });

  it("goes on without yesterday's hash when its salt is gone", async () => {
    salt(DAY, "2");
    const message = await messageAt(MIDNIGHT + 60_000);
    expect(message?.visitor).toMatch(/^[0-9a-f-]{36}$/);
    expect(message).not.toHaveProperty("previousVisitor");
  });
});

describe("brakes", () => {
  it.each(["rateByIp", "rateBySite"] as const)(
    "429 with Retry-After by %s; nothing is queued",
    async (brake) => {
      failing[brake] = true;
      const answer = await post([event()]);
      expect([answer.status, answer.headers.get("Retry-After")]).toEqual([429, "60"]);
      expect(await answer.json()).toMatchObject({ code: "rate_limited" });
      expect(sent).toEqual([]);
    },
  );

  it("still shows the picture and still redirects", { tags: ["long"] }, async () => {
    kv.set("link:s", { siteId: 1, siteKey: "wms_1", slug: "s", destination: "https://shop.example/" });
    failing.rateByIp = true;
    const picture = await call("/e.gif?site=wms_1");
    expect([picture.status, picture.headers.get("X-Waymark-Refused")]).toEqual([200, "rate_limited"]);
    expect((await call("/r/s")).status).toBe(302);
    await settleDeferred();
    expect(sent).toEqual([]);
    expect(logged()).toContain("click_unrecorded");
  });
});

describe("a bug", () => {
  it("is a 500 without a stack, in a form the pixel keeps its events for", async () => {
    const error = vi.spyOn(console, "error").mockImplementation(() => {});
    kv.set("site:wms_1", { ...SITE, identifyKey: "no hex" });
    const answer = await post([event({ type: "identify", customer: "secret@example.com" })]);
    expect(answer.status).toBe(500);
    const text = await answer.text();
    expect(JSON.parse(text)).toMatchObject({ code: "internal_error" });
    expect(text).not.toContain("hex");
    expect(error.mock.calls.flat().join()).not.toContain("secret@example.com");
  });
});
