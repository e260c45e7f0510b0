import type { ReportSettings } from "#contract/report-settings.ts";
import { logoKey } from "#core/report/logo-key.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { saveReportSettings as write } from "#db/queries/report-settings/save-report-settings.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import { noteChange } from "#usecases/campaigns/note-change.ts";
import { controlDatabase, type ApiDeps } from "#usecases/deps.ts";
import { isLocale } from "./is-locale.ts";

export type SettingsRefusal = { kind: "unknown_logo" } | { kind: "unknown_locale"; locale: string };

/** Sets how an account's reports look from now on, and how long their files are kept. Reports that are made stay as they are. */
export async function saveReportSettings(
  deps: Pick<ApiDeps, "databases" | "clock" | "log" | "logoStore">,
  { principal, settings }: { principal: Principal; settings: ReportSettings },
): Promise<Result<ReportSettings, SettingsRefusal>> {
  const { accountId } = principal;
  const { logo, locale, footer, ...rest } = settings;
  if (!isLocale(locale)) return fail({ kind: "unknown_locale", locale });
  if (logo !== null && !(await deps.logoStore.has({ accountId, id: logo }))) {
    return fail({ kind: "unknown_logo" });
  }

  const kept = { ...rest, locale, footer: footer || null };
  await write(controlDatabase(deps), {
    accountId,
    settings: { ...kept, logoKey: logo === null ? null : logoKey(accountId, logo) },
    at: deps.clock.now(),
  });
  await noteChange(deps, principal, {
    action: "report_settings.update",
    subject: principal.accountPublicId,
    detail: { language: rest.language, locale, retentionDays: rest.retentionDays },
  });
  return ok({ ...kept, logo });
}
