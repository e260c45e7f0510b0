import { sql, type SQL } from "drizzle-orm";

import type { DayFactor } from "#core/money/day-factors.ts";
import { OTHER_VALUE } from "#core/rollup/dimensions.ts";
import type { Database } from "#db/database.ts";
import {
  breakdownRows,
  readBreakdownRows,
  type BreakdownRow,
  type RawBreakdownRow,
} from "#db/queries/analytics/breakdown-rows.ts";
import { dataVersion } from "#db/queries/analytics/traffic.ts";

export type LinkCountsQuestion = {
  siteId: number;
  slugs: readonly string[];
  from: string;
  to: string;
  currency: string;
  factors: readonly DayFactor[];
};

export type LinkCounts = {
  bySlug: ReadonlyMap<string, BreakdownRow>;
  /** In some period of the range more links were in use than are kept apart: one without a row may be among the rest. */
  hasRest: boolean;
  /** Since when hours or days wait to be rolled up; null when all is told. */
  staleSince: string | null;
};

/** What came through each of some short links on the days of a range. */
export async function loadLinkCounts(
  db: Database,
  { slugs, ...question }: LinkCountsQuestion,
): Promise<LinkCounts> {
  const only = [...slugs, OTHER_VALUE];
  const asked = { scope: "site", scopeKey: "", dimension: "link", sort: "visitors", after: null } as const;
  const [rows, version, marks] = await db.batch([
    db.execute<RawBreakdownRow>(breakdownRows({ ...question, ...asked, only, limit: only.length })),
    db.execute<Waiting>(dataVersion(question.siteId, question.from, question.to)),
    db.execute<Waiting>(linksWaiting(question)),
  ]);
  const bySlug = new Map(readBreakdownRows(rows.rows).map((row) => [row.entry, row]));
  const hasRest = bySlug.delete(OTHER_VALUE);
  const waiting = [version, marks].flatMap((answer) => answer.rows[0]?.stale_since ?? []);
  return { bySlug, hasRest, staleSince: waiting.toSorted()[0] ?? null };
}

type Waiting = { stale_since: string | null };

/** Since when days of the range wait for their links alone to be counted. */
function linksWaiting({ siteId, from, to }: Pick<LinkCountsQuestion, "siteId" | "from" | "to">): SQL {
  return sql`
    select to_char(min(least(marked_at, now())) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as stale_since
    from site.stale_periods
    where site_id = ${siteId} and span = 'links' and starts_on between ${from}::date and ${to}::date`;
}
