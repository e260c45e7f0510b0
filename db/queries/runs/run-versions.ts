import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { dataVersion } from "#db/queries/analytics/traffic.ts";

/** What a run was made of, day by day, and of the matchers and the spend. */
export type VersionVector = {
  /** Fingerprint of all of it, as the workbench shows it. */
  dataVersion: string;
  days: { day: string; version: number }[];
  matchers: number;
  spend: number;
};

export type VersionRange = { siteId: number; from: string; to: string };

/** The versions of a range's days; `from` is the first day that can change a result. Null for a site that is not there. */
export async function loadVersionVector(db: Database, range: VersionRange): Promise<VersionVector | null> {
  const { siteId, from, to } = range;
  const [shown, site, days] = await db.batch([
    db.execute<{ version: string }>(dataVersion(siteId, from, to)),
    db.execute<{ matchers: number; spend: number }>(
      sql`select matcher_version as matchers, spend_version as spend from site.sites where id = ${siteId}`,
    ),
    db.execute<{ day: string; version: string }>(sql`
      select day::text as day, version from site.data_versions
      where site_id = ${siteId} and day between ${from}::date and ${to}::date order by day`),
  ]);
  const [row] = shown.rows;
  const [versions] = site.rows;
  if (!row || !versions) return null;
  return {
    dataVersion: row.version,
    ...versions,
    days: days.rows.map(({ day, version }) => ({ day, version: Number(version) })),
  };
}

/** Those of the ids that are of erased events. */
export async function erasedAmong(
  db: Database,
  siteId: number,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const { rows } = await db.execute<{ id: string }>(sql`
    select e.event_id as id
    from (select distinct jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid as id) as asked
    join site.erased_events e on e.site_id = ${siteId} and e.event_id = asked.id`);
  return new Set(rows.map(({ id }) => id));
}
