import type { ReportLogo, ReportSettings } from "#contract/report-settings.ts";
import { call, invalidate, remember, upload } from "./client.ts";
import { reportPaths } from "./report-paths.ts";

export async function saveReportSettings(body: ReportSettings): Promise<ReportSettings> {
  const saved = await call<ReportSettings>({ method: "PUT", path: reportPaths.settings, body });
  remember(reportPaths.settings, saved);
  invalidate(reportPaths.settings);
  return saved;
}

/** A PNG or JPEG; the same picture has the same id. */
export async function uploadLogo(picture: Blob): Promise<ReportLogo> {
  return await upload<ReportLogo>("/report-logos", picture);
}

/** Asks an address once more whether it wants the account's reports. */
export async function askAddress(addressId: string): Promise<void> {
  await call<void>({ method: "POST", path: `/report-addresses/${addressId}/ask` });
  invalidate("/report-addresses");
}
