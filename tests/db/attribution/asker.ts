import { sql } from "drizzle-orm";

import type { Attribution, AttributionReady } from "#contract/attribution.ts";
import type { WorkMessage } from "#contract/work-message.ts";
import { DEFAULT_OPTIONS } from "#core/attribution/options.ts";
import type { Database } from "#db/database.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import type { AttributionQuestion } from "#usecases/attribution/attribution-question.ts";
import { computeAttribution } from "#usecases/attribution/compute-attribution.ts";
import { getAttribution } from "#usecases/attribution/get-attribution.ts";

const QUESTION: AttributionQuestion = {
  from: "2025-01-01",
  to: "2025-05-31",
  by: "campaign",
  options: DEFAULT_OPTIONS,
  type: null,
  customer: null,
};

/** Somebody who asks for attribution, with a clock and a queue of work of their own. */
export type Asker = {
  /** What the clock says. */
  nowMs: number;
  /** What has been sent to the queue of work, and was not done yet. */
  sent: WorkMessage[];
  answerOf(site: TestSite, asked?: Partial<AttributionQuestion>): Promise<Attribution>;
  /** The same of an answer that is there; throws where it is not. */
  readyOf(site: TestSite, asked?: Partial<AttributionQuestion>): Promise<AttributionReady>;
  /** Does what the queue was told. */
  work(): Promise<void>;
};

export function createAsker(db: Database): Asker {
  const asker: Asker = {
    nowMs: Date.parse("2025-06-01T12:00:00Z"),
    sent: [],
    async answerOf({ siteId, publicId }, asked = {}) {
      const site = { siteId, publicId, database: "main" };
      const answer = await getAttribution(deps, { ...QUESTION, ...asked, site });
      if (!answer.ok) throw new Error(answer.error.kind);
      return answer.value;
    },
    async readyOf(site, asked) {
      const answer = await asker.answerOf(site, asked);
      if (answer.status !== "ready") throw new Error("It is still being worked out");
      return answer;
    },
    async work() {
      for (const message of asker.sent.splice(0))
        if (message.kind === "compute-attribution") await computeAttribution(deps, message);
    },
  };
  const deps = {
    databases: { named: () => db, names: () => ["main"] },
    clock: { now: () => new Date(asker.nowMs) },
    workQueue: {
      send: async (message: WorkMessage) => {
        await Promise.resolve();
        asker.sent.push(message);
      },
      sendAll: async () => await Promise.reject(new Error("Jobs are told one by one")),
    },
  };
  return asker;
}

/** A site with three orders of one visitor, who came by e-mail, by a search, and directly. */
export async function createSmallShop(db: Database): Promise<TestSite> {
  const site = await createSite(db, { timeZone: "UTC" });
  await db.execute(sql`
    with source as (
      insert into site.sources (site_id, fingerprint, channel, matcher_version)
      select ${site.siteId}, c, c, 1 from unnest(array['email', 'paid-search', 'direct']) as c
      returning id, channel
    )
    insert into site.touchpoints (site_id, touchpoint_id, rank, visitor_id, at, source_id, event_id, event_at)
    select ${site.siteId}, t.id, 0, v.id, x.at, s.id, t.id, x.at
    from (values ('email', '2025-03-01T10:00Z'::timestamptz), ('paid-search', '2025-03-03T10:00Z'), ('direct', '2025-03-05T10:00Z')) as x (channel, at)
    join source s on s.channel = x.channel
    cross join lateral (select md5(x.channel || ${site.siteId}::text)::uuid as id) as t
    cross join lateral (select md5('visitor' || ${site.siteId}::text)::uuid as id) as v`);
  for (const [order, at, minor] of [
    ["A", "2025-03-02T10:00:00Z", 1001],
    ["B", "2025-03-04T10:00:00Z", 2002],
    ["C", "2025-03-06T10:00:00Z", 301],
  ] as const) {
    await db.execute(sql`
      insert into site.conversions (site_id, conversion_id, visitor_id, at, type, value_minor, currency, order_id,
        promo_codes, is_test, copies)
      values (${site.siteId}, md5(${order} || ${site.siteId}::text)::uuid, md5('visitor' || ${site.siteId}::text)::uuid,
        ${at}::timestamptz, ${order === "C" ? "lead" : "purchase"}, ${minor}, 'EUR', ${order}, '{}', false, 1)`);
  }
  return site;
}
