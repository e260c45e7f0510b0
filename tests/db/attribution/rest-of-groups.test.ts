// @module-tag long
import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import type { AttributionReady } from "#contract/attribution.ts";
import type { WorkMessage } from "#contract/work-message.ts";
import { MODELS, type Model } from "#core/attribution/models.ts";
import { DEFAULT_OPTIONS } from "#core/attribution/options.ts";
import type { Database } from "#db/database.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { computeAttribution } from "#usecases/attribution/compute-attribution.ts";
import { getAttribution } from "#usecases/attribution/get-attribution.ts";
import {
  getCreditedJourneys,
  type CreditedJourneysPage,
} from "#usecases/attribution/get-credited-journeys.ts";
import { createManyAds } from "./many-ads.ts";

const QUESTION = {
  from: "2025-02-01",
  to: "2025-03-31",
  by: "creative",
  options: DEFAULT_OPTIONS,
  type: null,
  customer: null,
} as const;
const REST = { kind: "other", key: null } as const;
let db: Database;
let site: TestSite;
let sent: WorkMessage[] = [];

const deps = {
  databases: { named: () => db, names: () => ["main"] },
  clock: { now: () => new Date("2025-06-01T12:00:00Z") },
  workQueue: {
    send: async (message: WorkMessage) => {
      await Promise.resolve();
      sent.push(message);
    },
    sendAll: async (messages: readonly WorkMessage[]) => {
      await Promise.resolve();
      sent.push(...messages);
    },
  },
};

beforeAll(async () => {
  ({ db } = await createDatabase());
  site = await createManyAds(db);
  await meetAnother(1, 2, "2025-02-28T12:00Z");
  await meetAnother(3, 400, "2025-02-28T12:00Z");
  await refund(4);
});

/** The visitor who came by one ad had come by another one before. */
async function meetAnother(ad: number, other: number, at: string): Promise<void> {
  await db.execute(sql`
    insert into site.touchpoints (site_id, touchpoint_id, rank, visitor_id, at, source_id, event_id, event_at)
    select ${site.siteId}, made.id, 0, t.visitor_id, ${at}::timestamptz, d.id, made.id, ${at}::timestamptz
    from gen_random_uuid() as made (id), site.sources d, site.touchpoints t join site.sources s on s.id = t.source_id
    where t.site_id = ${site.siteId} and s.utm_content = ${`ad ${ad}`} and d.site_id = ${site.siteId}
      and d.utm_content = ${`ad ${other}`}`);
}

async function refund(ad: number): Promise<void> {
  await db.execute(sql`
    insert into site.refunds (site_id, refund_id, at, conversion_id)
    select ${site.siteId}, gen_random_uuid(), '2025-03-05', md5('c' || id)::uuid
    from site.sources where site_id = ${site.siteId} and utm_content = ${`ad ${ad}`}`);
}

const siteRef = ({ siteId, publicId }: TestSite) => ({ siteId, publicId, database: "main" });

async function open(model: Model, of: TestSite = site) {
  return await getCreditedJourneys(deps, {
    ...QUESTION,
    site: siteRef(of),
    model,
    group: REST,
    order: "time",
    after: null,
    limit: 100,
  });
}

async function opened(model: Model): Promise<CreditedJourneysPage> {
  const page = await open(model);
  if (!page.ok) throw new Error(page.error.kind);
  return page.value;
}

async function workbench(): Promise<AttributionReady> {
  const answer = await getAttribution(deps, { ...QUESTION, site: siteRef(site) });
  if (!answer.ok || answer.value.status !== "ready") throw new Error("There is no answer");
  return answer.value;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

describe("the row of all groups but the largest", () => {
  it("opens once the workbench has been worked out, and says before that it is not", async () => {
    expect(await open("last")).toEqual({ ok: false, error: { kind: "still_computing" } });
    expect(sent).toHaveLength(1);
    for (const message of sent.splice(0))
      if (message.kind === "compute-attribution") await computeAttribution(deps, message);
    expect((await open("last")).ok).toBe(true);
    sent = [];
  });

  it.each(MODELS.filter((model) => model !== "markov"))(
    "opens into the journeys that add up to it under %s, each once, to the cent",
    async (model) => {
      const row = (await workbench()).rows.find(({ kind }) => kind === "other")?.credits[model];
      const { items, total, next, group } = await opened(model);

      expect(group).toEqual({ kind: "other", key: null, name: "(other)" });
      expect(next).toBeNull();
      expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
      expect(sum(items.map(({ credited }) => credited?.revenueMinor ?? 0))).toBe(row?.revenueMinor);
      expect(sum(items.map(({ credited }) => credited?.conversions ?? 0))).toBeCloseTo(
        row?.conversions ?? Number.NaN,
        9,
      );
      expect(total).toMatchObject({ items: items.length, revenueMinor: row?.revenueMinor });
    },
  );

  it("holds no journey of named groups only, and marks the contacts that are of the rest", async () => {
    const named = new Set((await workbench()).rows.flatMap(({ key }) => key ?? []));
    const { items } = await opened("linear");
    for (const { touchpoints } of items) {
      expect(touchpoints.some(({ isOfGroup }) => isOfGroup)).toBe(true);
      for (const { group, isOfGroup } of touchpoints) expect(isOfGroup).toBe(!named.has(group.key ?? ""));
    }
    expect(items.filter(({ touchpoints }) => touchpoints.length === 2)).toHaveLength(2);
  });

  it("shows under Markov the journeys that its groups are part of, and no chain of its own", async () => {
    const { items, chain, total } = await opened("markov");
    expect([chain, total]).toEqual([null, null]);
    expect(items.every(({ credited }) => credited === null)).toBe(true);
    expect(items.length).toBeGreaterThanOrEqual(20);
  });

  it("is none where every group has a row of its own", async () => {
    const small = await createSite(db, { timeZone: "UTC" });
    expect(await open("last", small)).toEqual({ ok: false, error: { kind: "unknown_group" } });
  });
});
