import { eq, isNotNull } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { accounts } from "#db/schema/control/accounts.ts";
import { reportSettings } from "#db/schema/control/report-settings.ts";

export type Retention = { accountId: number; database: string; days: number };

/** Accounts that do not keep the files of their reports for good. Control database. */
export async function listRetentions(control: Database): Promise<Retention[]> {
  const rows = await control
    .select({
      accountId: reportSettings.accountId,
      database: accounts.database,
      days: reportSettings.retentionDays,
    })
    .from(reportSettings)
    .innerJoin(accounts, eq(accounts.id, reportSettings.accountId))
    .where(isNotNull(reportSettings.retentionDays));
  return rows.flatMap(({ days, ...row }) => (days === null ? [] : [{ ...row, days }]));
}
