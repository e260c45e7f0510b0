import { sql } from "drizzle-orm";

import type { Dimension } from "#core/rollup/dimensions.ts";
import type { Database } from "#db/database.ts";
import {
  breakdownRows,
  readBreakdownRows,
  type BreakdownQuestion,
  type BreakdownRow,
  type RawBreakdownRow,
} from "./breakdown-rows.ts";
import { dataVersion } from "./traffic.ts";

export type BreakdownFacts = {
  rows: BreakdownRow[];
  /** The scope as a whole; null without traffic. */
  whole: BreakdownRow | null;
  /** Since when hours or days wait to be rolled up; null when all is told. */
  staleSince: string | null;
};

/** A page of a breakdown, and the whole that it is of, in one round trip. */
export async function loadBreakdown(db: Database, question: BreakdownQuestion): Promise<BreakdownFacts> {
  const { siteId, from, to } = question;
  const [rows, whole, version] = await db.batch([
    db.execute<RawBreakdownRow>(breakdownRows(question)),
    db.execute<RawBreakdownRow>(breakdownRows({ ...question, dimension: "all", after: null, limit: 1 })),
    db.execute<{ stale_since: string | null }>(dataVersion(siteId, from, to)),
  ]);
  return {
    rows: readBreakdownRows(rows.rows),
    whole: readBreakdownRows(whole.rows)[0] ?? null,
    staleSince: version.rows[0]?.stale_since ?? null,
  };
}

/** What ids stand for: of campaigns the public id and name, of pages host and path. */
export type EntryName = { value: string; label: string };

/** Names of a page's values where a value is an id; the others speak for themselves. */
export async function loadEntryNames(
  db: Database,
  { siteId, dimension, entries }: { siteId: number; dimension: Dimension; entries: readonly string[] },
): Promise<Map<string, EntryName>> {
  const ids = JSON.stringify(entries.filter((entry) => /^\d+$/.test(entry)).map(Number));
  if (dimension !== "campaign" && dimension !== "landing_page") return new Map();
  const asked = sql`(select jsonb_array_elements_text(${ids}::jsonb)::int)`;
  const { rows } = await db.execute<{ id: number; value: string; label: string }>(
    dimension === "campaign"
      ? sql`select id, public_id as value, name as label from site.campaigns where site_id = ${siteId} and id in ${asked}`
      : sql`select id, host || path as value, host || path as label from site.pages where site_id = ${siteId} and id in ${asked}`,
  );
  return new Map(rows.map(({ id, value, label }) => [String(id), { value, label }]));
}
