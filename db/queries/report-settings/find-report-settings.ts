import { eq } from "drizzle-orm";

import type { ReportLanguage } from "#core/report/report-model.ts";
import type { Database } from "#db/database.ts";
import { reportSettings } from "#db/schema/control/report-settings.ts";

export type ReportSettingsRecord = {
  logoKey: string | null;
  accent: string | null;
  footer: string | null;
  language: ReportLanguage;
  locale: string;
  retentionDays: number | null;
};

/** What an account set for its reports; null where it set nothing. Control database. */
export async function findReportSettings(
  control: Database,
  accountId: number,
): Promise<ReportSettingsRecord | null> {
  const rows = await control
    .select({
      logoKey: reportSettings.logoKey,
      accent: reportSettings.accent,
      footer: reportSettings.footer,
      language: reportSettings.language,
      locale: reportSettings.locale,
      retentionDays: reportSettings.retentionDays,
    })
    .from(reportSettings)
    .where(eq(reportSettings.accountId, accountId));
  const [row] = rows;
  // Only languages of the contract are ever written.
  return row ? { ...row, language: row.language as ReportLanguage } : null;
}
