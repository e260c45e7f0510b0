import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";

import type { IngestMessage } from "#contract/ingest-message.ts";
import { readQueueMessage } from "#contract/queue-message.ts";
import type { Database } from "#db/database.ts";
import { spilledBodies, type SpilledBodies } from "#platform/spilled-bodies.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { replaySpill } from "#usecases/ingest/replay-spill.ts";

const NOW = Date.now();
let db: Database;
let objects: Map<string, string>;
let spilled: SpilledBodies;

beforeAll(async () => {
  ({ db } = await createDatabase());
});

beforeEach(() => {
  objects = new Map();
  spilled = spilledBodies({
    list: async ({ prefix, limit, startAfter = "" }) => {
      const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > startAfter).toSorted();
      return { objects: keys.slice(0, limit).map((key) => ({ key })) };
    },
    get: async (key) => {
      const text = objects.get(key);
      return text === undefined ? null : { text: async () => text };
    },
    put: async (key, value) => objects.set(key, value),
    delete: async (key) => void objects.delete(key),
  });
});

function messageOf(site: TestSite, database = "main"): IngestMessage {
  const view = { type: "pageview" as const, at: NOW, url: "https://shop.example/" };
  return ingestMessage({ siteId: site.siteId, database, visitor: visitorId(), events: [view] });
}

async function replay() {
  const databases = {
    names: () => ["main"],
    named(name: string): Database {
      if (name !== "main") throw new Error(`No connection string for database "${name}"`);
      return db;
    },
  };
  return await replaySpill({
    databases,
    clock: { now: () => new Date(NOW) },
    sites: new Map(),
    spilled: {
      ...spilled,
      read: async (key) => readQueueMessage(await spilled.read(key)),
    },
  });
}

async function storedEvents({ siteId }: TestSite): Promise<number | undefined> {
  const { rows } = await db.execute<{ n: number }>(
    sql`select count(*)::int as n from site.events where site_id = ${siteId}`,
  );
  return rows[0]?.n;
}

describe("what was put into storage", () => {
  it("is ingested, and goes only then", async () => {
    const site = await createSite(db);
    await spilled.keep("one", messageOf(site));

    expect(await replay()).toEqual({ replayed: 1, unreadable: 0 });

    expect(await storedEvents(site)).toBe(1);
    expect([...objects]).toEqual([]);
  });

  it("is not held up by a body that cannot be stored, which stays and is reported", async () => {
    const site = await createSite(db);
    await spilled.keep("1-elsewhere", messageOf(site, "elsewhere"));
    await spilled.keep("2-here", messageOf(site));

    await expect(replay()).rejects.toThrow("elsewhere");

    expect(await storedEvents(site)).toBe(1);
    expect([...objects.keys()]).toEqual(["spill/1-elsewhere.json"]);
  });

  it("is kept for a person when its site is not there, rather than taken for ingested", async () => {
    const stray = messageOf({ siteId: 999_999, publicId: "", siteKey: "", accountId: 0 });
    await spilled.keep("stray", stray);

    await replay();

    expect([...objects]).toEqual([["unreadable/stray.json", JSON.stringify(stray)]]);
  });

  it("is taken apart: every good body of a group is stored once, and each bad one is kept by itself", async () => {
    const site = await createSite(db);
    const stray = messageOf({ siteId: 999_998, publicId: "", siteKey: "", accountId: 0 });
    const bodies = [messageOf(site), { v: 9, odd: true }, stray, messageOf(site)];
    await spilled.keep("group", { v: 2, bodies });

    expect(await replay()).toEqual({ replayed: 2, unreadable: 1 });
    await spilled.keep("group", { v: 2, bodies });
    await replay();

    expect(await storedEvents(site)).toBe(2);
    const kept = [...objects.values()].map((text): unknown => JSON.parse(text));
    expect(kept).toHaveLength(2);
    expect(kept).toEqual(expect.arrayContaining([bodies[1], stray]));
    expect([...objects.keys()].every((key) => key.startsWith("unreadable/group-"))).toBe(true);
  });

  it("stays whole while one of its databases is away, though the others have what is theirs", async () => {
    const site = await createSite(db);
    const group = { v: 2, bodies: [messageOf(site, "elsewhere"), messageOf(site), "odd"] };
    await spilled.keep("group", group);

    await expect(replay()).rejects.toThrow("elsewhere");
    await expect(replay()).rejects.toThrow("elsewhere");

    expect(await storedEvents(site)).toBe(1);
    expect([...objects]).toEqual([["spill/group.json", JSON.stringify(group)]]);
  });

  it("is found behind more objects that cannot be stored than one page lists", async () => {
    const site = await createSite(db);
    const elsewhere = JSON.stringify(messageOf(site, "elsewhere"));
    for (let i = 0; i < 250; i += 1) objects.set(`spill/0-${String(i).padStart(3, "0")}.json`, elsewhere);
    await spilled.keep("1-here", { v: 2, bodies: [messageOf(site)] });

    await expect(replay()).rejects.toThrow("250");

    expect(await storedEvents(site)).toBe(1);
    expect(objects.size).toBe(250);
  });

  it("is found behind any number of objects that nothing can read, and none of those is thrown away", async () => {
    const site = await createSite(db);
    for (let i = 0; i < 250; i += 1) objects.set(`spill/0-${String(i).padStart(3, "0")}.json`, `broken ${i}`);
    await spilled.keep("1-here", messageOf(site));

    await replay();
    await replay();

    expect(await storedEvents(site)).toBe(1);
    expect([...objects.keys()].filter((key) => key.startsWith("spill/"))).toEqual([]);
    expect([...objects.values()].toSorted()).toEqual(
      Array.from({ length: 250 }, (_, i) => `broken ${i}`).toSorted(),
    );
  });
});
