import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import type { ReportSettingsRecord } from "#db/queries/report-settings/find-report-settings.ts";

export type RunAccount = {
  id: number;
  name: string;
  /** Where its sites and schedules live. */
  database: string;
  members: { userId: number; email: string; name: string }[];
  /** Null: it set nothing. */
  settings: ReportSettingsRecord | null;
};

/** What runs of schedules need to know of their accounts; one that is gone is left out. Control database. */
export async function listRunAccounts(
  control: Database,
  accountIds: readonly number[],
): Promise<RunAccount[]> {
  const { rows } = await control.execute<RunAccount>(sql`
    select a.id, a.name, a.database,
      coalesce((
        select json_agg(json_build_object('userId', u.id, 'email', u.email, 'name', u.name) order by u.id)
        from control.members m join control.users u on u.id = m.user_id
        where m.account_id = a.id), '[]') as members,
      (
        select json_build_object('logoKey', s.logo_key, 'accent', s.accent, 'footer', s.footer, 'language', s.language,
          'locale', s.locale, 'retentionDays', s.retention_days)
        from control.report_settings s
        where s.account_id = a.id) as settings
    from control.accounts a
    where a.id in (select jsonb_array_elements_text(${JSON.stringify([...accountIds])}::jsonb)::int)`);
  return rows;
}
