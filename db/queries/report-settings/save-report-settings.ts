import type { Database } from "#db/database.ts";
import { reportSettings } from "#db/schema/control/report-settings.ts";
import type { ReportSettingsRecord } from "./find-report-settings.ts";

/** Sets all of an account's report settings; the same a second time changes nothing. Control database. */
export async function saveReportSettings(
  control: Database,
  { accountId, settings, at }: { accountId: number; settings: ReportSettingsRecord; at: Date },
): Promise<void> {
  const values = { ...settings, updatedAt: at };
  await control
    .insert(reportSettings)
    .values({ accountId, ...values })
    .onConflictDoUpdate({ target: reportSettings.accountId, set: values });
}
