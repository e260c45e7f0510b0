import type { ReportSettings } from "#contract/report-settings.ts";
import type { Database } from "#db/database.ts";
import {
  findReportSettings,
  type ReportSettingsRecord,
} from "#db/queries/report-settings/find-report-settings.ts";

const DEFAULTS: ReportSettings = {
  logo: null,
  accent: null,
  footer: null,
  language: "en",
  locale: "en-GB",
  retentionDays: null,
};

/** How an account's reports look and how long they are kept; the defaults where nobody said. Control database. */
export async function loadReportSettings(control: Database, accountId: number): Promise<ReportSettings> {
  return showReportSettings(await findReportSettings(control, accountId));
}

/** What is stored, as the API shows it; the defaults where nothing is. */
export function showReportSettings(found: ReportSettingsRecord | null): ReportSettings {
  if (found === null) return DEFAULTS;
  const { logoKey, ...settings } = found;
  return { ...settings, logo: logoKey === null ? null : logoKey.slice(logoKey.lastIndexOf("/") + 1) };
}
