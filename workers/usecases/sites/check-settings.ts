import { fail, ok, type Result } from "#core/result.ts";
import { isTimeZone } from "#core/time/site-day.ts";
import type { Database } from "#db/database.ts";
import { isZoneOfPostgres } from "#db/queries/sites/write-site.ts";
import { isKnownCurrency } from "#usecases/campaigns/known-currency.ts";

export type SettingsRefusal =
  | { kind: "invalid_time_zone"; timeZone: string }
  | { kind: "invalid_currency"; currency: string };

type Settings = { timeZone: string | undefined; currency: string | undefined };

/** `Europe/Berlin`, `UTC`; no bare offsets, which know no summer time. */
const ZONE_NAME = /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/;

/** Whether a site can keep its books in this zone and currency; what is undefined is not asked about. */
export async function checkSettings(
  db: Database,
  { timeZone, currency }: Settings,
): Promise<Result<null, SettingsRefusal>> {
  if (currency !== undefined && !isKnownCurrency(currency)) {
    return fail({ kind: "invalid_currency", currency });
  }
  if (timeZone === undefined) return ok(null);
  const isKnown = ZONE_NAME.test(timeZone) && isTimeZone(timeZone) && (await isZoneOfPostgres(db, timeZone));
  return isKnown ? ok(null) : fail({ kind: "invalid_time_zone", timeZone });
}
