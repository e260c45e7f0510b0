import type { Dimension, Scope } from "#core/rollup/dimensions.ts";
import { uniteVisitors } from "#core/rollup/unite-visitors.ts";
import { precisionOf } from "#core/rollup/visitor-sketch.ts";
import type { Database } from "#db/database.ts";
import {
  breakdownRows,
  readBreakdownRows,
  type RawBreakdownRow,
} from "#db/queries/analytics/breakdown-rows.ts";

export type AskedValues = {
  siteId: number;
  from: string;
  to: string;
  scope?: Scope;
  scopeKey?: string;
  dimension: Dimension | "all";
};

/** Every value of a dimension over a range as a breakdown reads it, its visitors united. */
export async function readValues(db: Database, { scope = "site", scopeKey = "", ...asked }: AskedValues) {
  const page = { currency: "EUR", sort: "visitors", after: null, limit: 2_000 } as const;
  const { rows } = await db.execute<RawBreakdownRow>(breakdownRows({ ...page, ...asked, scope, scopeKey }));
  return readBreakdownRows(rows).map((row) => ({
    ...row,
    ...uniteVisitors(row.periods, precisionOf(scope, asked.dimension)),
  }));
}
