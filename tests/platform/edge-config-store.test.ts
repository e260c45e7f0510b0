import { describe, expect, it } from "vitest";

import { edgeKeys, edgeLink, edgeSalt, edgeSite, type EdgeSite } from "#contract/edge-config.ts";
import { edgeConfigStore, edgeMemory, type EdgeConfigStore } from "#platform/edge-config-store.ts";

const SITE: EdgeSite = {
  siteId: 1,
  siteKey: "wms_1",
  database: "main",
  domain: "shop.example",
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

type Edge = {
  /** An isolate that remembers nothing yet. */
  isolate: () => EdgeConfigStore;
  /** What the api has written. */
  written: Map<string, unknown>;
  reads: string[];
  at: (seconds: number) => void;
};

/** One place of the edge: KV with a cache of its own in front, as the binding promises it, and isolates. */
function edge(): Edge {
  const written = new Map<string, unknown>();
  const cached = new Map<string, { value: unknown; untilMs: number }>();
  const reads: string[] = [];
  let nowMs = 0;
  const reader = {
    async get(key: string, { cacheTtl }: { cacheTtl: number }): Promise<unknown> {
      reads.push(key);
      const kept = cached.get(key);
      if (kept !== undefined && nowMs < kept.untilMs) return kept.value;
      // That there is nothing is cached as long.
      const value = written.get(key) ?? null;
      cached.set(key, { value, untilMs: nowMs + cacheTtl * 1_000 });
      return value;
    },
  };
  const shapes = {
    keys: edgeKeys,
    parseSite: (value: unknown) => edgeSite.parse(value),
    parseLink: (value: unknown) => edgeLink.parse(value),
    parseSalt: (value: unknown) => edgeSalt.parse(value),
  };
  return {
    isolate: () => edgeConfigStore({ reader, memory: edgeMemory(), nowMs: () => nowMs }, shapes),
    written,
    reads,
    at(seconds) {
      nowMs = seconds * 1_000;
    },
  };
}

describe("what is changed in the dashboard", () => {
  it("holds at the edge within 60 seconds, whenever an isolate asks first", async () => {
    for (let first = 0; first < 60; first += 1) {
      const { isolate, written, at } = edge();
      written.set("site:wms_1", SITE);
      at(0);
      await isolate().site("wms_1");
      written.set("site:wms_1", { ...SITE, silent: true });

      const store = isolate();
      at(first);
      await store.site("wms_1");
      at(60);
      expect(await store.site("wms_1")).toMatchObject({ value: { silent: true } });
    }
  });

  it("is asked of KV once in 30 seconds by an isolate", async () => {
    const { isolate, written, reads, at } = edge();
    written.set("site:wms_1", SITE);
    const store = isolate();
    for (const second of [0, 10, 29]) {
      at(second);
      await store.site("wms_1");
    }
    expect(reads).toEqual(["site:wms_1"]);
  });

  it("makes a new link work within 35 seconds of an early visitor's vain try", async () => {
    const { isolate, written, at } = edge();
    const store = isolate();
    at(0);
    expect(await store.link("soon")).toEqual({ ok: true, value: null });
    written.set("link:soon", {
      siteId: 1,
      siteKey: "wms_1",
      slug: "soon",
      destination: "https://a.example/",
    });
    at(35);
    expect(await store.link("soon")).toMatchObject({ value: { slug: "soon" } });
  });

  it("is read in the shape of the deployment before, which knew no domain", async () => {
    const { isolate, written } = edge();
    const { domain: _, ...before } = SITE;
    written.set("site:wms_1", before);
    expect(await isolate().site("wms_1")).toEqual({ ok: true, value: before });
  });
});

describe("a key that nothing can be stored under", () => {
  it.each([
    ["a long one", "a".repeat(600)],
    ["a lone surrogate", "\ud800"],
    ["a NUL", "\u0000"],
    ["a space", " "],
  ])("is unknown, without asking KV, which throws for some: %s", async (_, slug) => {
    const { isolate, reads } = edge();
    expect(await isolate().link(slug)).toEqual({ ok: true, value: null });
    expect(reads).toEqual([]);
  });
});
