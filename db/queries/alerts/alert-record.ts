import { sql, type SQL } from "drizzle-orm";

import type { AlertCause, MissingReason } from "#core/alerts/alert-cause.ts";
import type { AlertKind } from "#core/alerts/alert-kind.ts";

export type AlertStatus = "pending" | "firing" | "resolved";

/** An alert as it is stored; instants are epoch ms. */
export type AlertRecord = {
  id: number;
  publicId: string;
  accountId: number | null;
  siteId: number | null;
  sitePublicId: string | null;
  siteName: string | null;
  database: string;
  kind: AlertKind;
  subject: string;
  key: string;
  status: AlertStatus;
  resolution: "recovered" | "ended" | null;
  cause: AlertCause;
  badSinceMs: number;
  goodSinceMs: number | null;
  firedAtMs: number | null;
  resolvedAtMs: number | null;
  measuredAtMs: number;
  lookedAtMs: number;
  missing: MissingReason | null;
  reminders: number;
  acknowledgedAtMs: number | null;
  /** Name of who acknowledged it, where they still exist. */
  acknowledgedBy: string | null;
  version: number;
};

/** One instant as epoch ms: a number, whatever driver reads it. */
const ms = (column: SQL): SQL => sql`(extract(epoch from ${column}) * 1000)::float8`;

/** Columns of an `AlertRecord`, of `control.alerts a` with `control.users u` beside it. */
export const alertColumns = sql`
  a.id, a.public_id as "publicId", a.account_id as "accountId", a.site_id as "siteId",
  a.site_public_id as "sitePublicId", a.site_name as "siteName",
  -- Where the account lives now: it may have moved since.
  coalesce((select c.database from control.accounts c where c.id = a.account_id), a.database) as database, a.kind, a.subject, a.key, a.status,
  a.resolution, a.cause, ${ms(sql`a.bad_since`)} as "badSinceMs", ${ms(sql`a.good_since`)} as "goodSinceMs",
  ${ms(sql`a.fired_at`)} as "firedAtMs", ${ms(sql`a.resolved_at`)} as "resolvedAtMs",
  ${ms(sql`a.measured_at`)} as "measuredAtMs", ${ms(sql`a.looked_at`)} as "lookedAtMs", a.missing, a.reminders,
  ${ms(sql`a.acknowledged_at`)} as "acknowledgedAtMs", u.name as "acknowledgedBy", a.version`;

export const alertTables = sql`control.alerts a left join control.users u on u.id = a.acknowledged_by`;

/** Whose rows: an account's, or, for null, the operators'. */
export const ownedBy = (column: SQL, accountId: number | null): SQL =>
  accountId === null ? sql`${column} is null` : sql`${column} = ${accountId}`;
