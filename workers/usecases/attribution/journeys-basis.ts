import type { JourneysBasis } from "#contract/glass-box.ts";
import { addDays } from "#core/time/site-day.ts";
import type { Database } from "#db/database.ts";
import { dataVersion } from "#db/queries/analytics/traffic.ts";
import type { AttributionQuestion } from "./attribution-question.ts";

/** How a question about journeys was looked at; null for a site that is not there. */
export async function loadJourneysBasis(
  db: Database,
  { siteId, now, question }: { siteId: number; now: Date; question: AttributionQuestion },
): Promise<JourneysBasis | null> {
  const { from, to, options, type, customer } = question;
  const { rows } = await db.execute<VersionRow>(
    dataVersion(siteId, addDays(from, -options.lookbackDays), to),
  );
  const [row] = rows;
  if (!row) return null;
  return {
    ...options,
    type,
    customer,
    currency: row.currency,
    timeZone: row.time_zone,
    dataVersion: row.version,
    convertedCurrencies: [],
    asOf: row.stale_since ?? now.toISOString(),
  };
}

type VersionRow = { currency: string; time_zone: string; version: string; stale_since: string | null };
