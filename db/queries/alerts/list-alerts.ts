import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { alertColumns, alertTables, ownedBy, type AlertRecord } from "./alert-record.ts";

export type AlertFilter = {
  /** Null: the operators'. */
  accountId: number | null;
  status: "firing" | "resolved" | null;
  siteId: number | null;
  /** Id of the last alert of the page before. */
  afterId: number | null;
  limit: number;
};

/** A page of alerts that were told of, newest first. Control database. */
export async function listAlerts(control: Database, filter: AlertFilter): Promise<AlertRecord[]> {
  const { accountId, status, siteId, afterId, limit } = filter;
  const { rows } = await control.execute<AlertRecord>(sql`
    select ${alertColumns} from ${alertTables}
    where ${ownedBy(sql`a.account_id`, accountId)} and a.status <> 'pending'
      and (${status}::text is null or a.status = ${status})
      and (${siteId}::int is null or a.site_id = ${siteId})
      and (${afterId}::int is null or a.id < ${afterId})
    order by a.id desc limit ${limit}`);
  return rows;
}

/** One alert of an owner; null when there is none. Control database. */
export async function findAlert(
  control: Database,
  { accountId, publicId }: { accountId: number | null; publicId: string },
): Promise<AlertRecord | null> {
  const { rows } = await control.execute<AlertRecord>(sql`
    select ${alertColumns} from ${alertTables}
    where a.public_id = ${publicId} and ${ownedBy(sql`a.account_id`, accountId)} and a.status <> 'pending'`);
  return rows[0] ?? null;
}

/** How many alerts of an owner fire, and how many of them nobody has acknowledged. Control database. */
export async function countFiring(
  control: Database,
  accountId: number | null,
): Promise<{ firing: number; open: number }> {
  const { rows } = await control.execute<{ firing: number; open: number }>(sql`
    select count(*)::int as firing, (count(*) filter (where acknowledged_at is null))::int as open
    from control.alerts a where ${ownedBy(sql`a.account_id`, accountId)} and a.status = 'firing'`);
  return rows[0] ?? { firing: 0, open: 0 };
}

/**
 * Notes that somebody has seen an alert that fires: it is not repeated until it is over. A second time changes nothing.
 * Control database.
 */
export async function acknowledgeAlert(
  control: Database,
  { id, userId, at }: { id: number; userId: number; at: Date },
): Promise<void> {
  await control.execute(sql`
    update control.alerts set acknowledged_at = ${at.toISOString()}::timestamptz, acknowledged_by = ${userId},
      version = version + 1
    where id = ${id} and status = 'firing' and acknowledged_at is null`);
}
