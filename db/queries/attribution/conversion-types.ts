import { sql, type SQL } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { dayBounds } from "#db/queries/analytics/day-bounds.ts";

export type ConversionTypesQuestion = {
  siteId: number;
  from: string;
  to: string;
  /** How many conversions are looked at, the latest first. */
  most: number;
  /** How many types are named. */
  limit: number;
};

export type ConversionTypeRow = { type: string; conversions: number };

/** Types of the latest conversions of a range, the most frequent first, and whether those are all of the range. */
export async function loadConversionTypes(
  db: Database,
  question: ConversionTypesQuestion,
): Promise<{ types: ConversionTypeRow[]; isWhole: boolean }> {
  const { rows } = await db.execute<ConversionTypeRow & { seen: number }>(conversionTypes(question));
  const counted = rows.filter(({ conversions }) => conversions > 0);
  return {
    types: counted.map(({ type, conversions }) => ({ type, conversions })),
    isWhole: (rows[0]?.seen ?? 0) <= question.most,
  };
}

/** The statement of `loadConversionTypes`, by itself for the tests of its plan: read by the index of their time, and bounded. */
export function conversionTypes({ siteId, from, to, most, limit }: ConversionTypesQuestion): SQL {
  return sql`
    with ${dayBounds(siteId, from, to)}
    select c.type, count(*) filter (where not c.is_test)::int as conversions, (sum(count(*)) over ())::int as seen
    from bounds b
    cross join lateral (
      select type, is_test from site.conversions
      where site_id = ${siteId} and at >= b.lo and at < b.hi
      order by at desc limit ${most + 1}
    ) as c
    group by c.type
    order by 2 desc, 1
    limit ${limit}`;
}
