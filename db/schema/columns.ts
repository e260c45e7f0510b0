import { sql, type SQL, type SQLWrapper } from "drizzle-orm";
import { bigint, customType, timestamp } from "drizzle-orm/pg-core";

/** An instant, UTC, in milliseconds: `timestamptz(3)` read as a Date. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: "date" });

/** Whole minor units of a currency; |minor| ≤ 2^53 − 1, so a number holds it exactly (decisions 25). */
export const minorUnits = (name: string) => bigint(name, { mode: "number" });

export const bytea = customType<{ data: Uint8Array; driverData: string }>({
  dataType: () => "bytea",
  toDriver: (value) => `\\x${Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("")}`,
});

/** The UTC half hour of an instant, which indexes by time hold: `db/queries/events/within-time.ts` asks for it. */
export const halfHour = (instant: SQLWrapper): SQL =>
  sql`(date_bin(interval '30 minutes', ${instant}, timestamptz '2000-01-01 00:00:00+00'))`;
