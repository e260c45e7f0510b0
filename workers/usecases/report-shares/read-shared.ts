import type { SharedReport } from "#contract/report-shares.ts";
import type { ReportFormat } from "#core/report/report-format.ts";
import type { ReportModel } from "#core/report/report-model.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { countView } from "#db/queries/report-shares/write-share.ts";
import type { StoredFile } from "#platform/report-store.ts";
import { brakeAttempts, type TooManyAttempts } from "#usecases/accounts/brake.ts";
import type { AccountDeps, Deps } from "#usecases/deps.ts";
import { fileOfReport, type ReportFile } from "#usecases/reports/download-report.ts";
import { showReport } from "#usecases/reports/show-report.ts";
import { readModel } from "#usecases/reports/stored-model.ts";
import {
  findShared,
  isPass,
  openReport,
  passOf,
  type NoShare,
  type ReaderInput,
  type ShareLocked,
  type SharedDeps,
} from "./find-shared.ts";

export type ReadDeps = SharedDeps & Pick<Deps, "reportStore">;

/** Whether a link opens by itself or waits for its password. Nothing of the report is told before. */
export async function showShared(
  deps: SharedDeps,
  reader: ReaderInput,
): Promise<Result<SharedReport, NoShare>> {
  const opened = await openReport(deps, reader);
  if (opened.ok) return ok({ state: "open", files: showReport(opened.value.report).files });
  return opened.error.kind === "share_locked"
    ? ok({ state: "password_needed", files: null })
    : fail(opened.error);
}

export type OpenDeps = SharedDeps & Pick<AccountDeps, "passwords" | "signInRate">;
export type OpenInput = { token: string; password: string | undefined; ip: string };
export type OpenRefusal = NoShare | TooManyAttempts | { kind: "wrong_password" };

/** Opens a link with its password. The pass is for the browser to keep; each opening counts as a view. */
export async function openShared(
  deps: OpenDeps,
  { token, password = "", ip }: OpenInput,
): Promise<Result<{ report: SharedReport; pass: string }, OpenRefusal>> {
  const found = await findShared(deps, token);
  if (!found.ok) return found;
  const { db, share } = found.value;
  if (share.passwordHash !== null) {
    const brake = await brakeAttempts(deps, { ip, email: `share:${share.id}` });
    if (!brake.ok) return brake;
    const { isRight } = await deps.passwords.verify(password, share.passwordHash);
    if (!isRight) return fail({ kind: "wrong_password" });
  }
  const pass = passOf(deps, token, share);
  await countView(db, { id: share.id, at: deps.clock.now() });
  const report = await showShared(deps, { token, pass });
  return report.ok ? ok({ report: report.value, pass }) : report;
}

/**
 * What the page of a shared report shows. `pass`: new for a browser that reads it for the first time, which counts as a
 * view unless `isGlance`: a program that only looks ahead. Null where it has one.
 */
export async function readShared(
  deps: ReadDeps,
  reader: ReaderInput & { isGlance: boolean },
): Promise<Result<{ model: ReportModel; pass: string | null }, NoShare | ShareLocked>> {
  const opened = await openReport(deps, reader);
  if (!opened.ok) return opened;
  const { db, share, report } = opened.value;
  const kept = report.modelKey === null ? null : await readModel(deps.reportStore, report.modelKey);
  if (kept === null) return fail({ kind: "no_share" });
  const model = withoutPaths(kept);
  if (reader.isGlance || isPass(deps, reader, share)) return ok({ model, pass: null });
  await countView(db, { id: share.id, at: deps.clock.now() });
  return ok({ model, pass: passOf(deps, reader.token, share) });
}

/** A file of the report behind a link. */
export async function downloadShared(
  deps: ReadDeps,
  { format, ...reader }: ReaderInput & { format: ReportFormat },
): Promise<Result<ReportFile, NoShare | ShareLocked>> {
  const opened = await openReport(deps, reader);
  if (!opened.ok) return opened;
  const { report } = opened.value;
  const file = await fileOfReport(deps, report, { format, shown: withoutPaths });
  return file.ok ? file : fail({ kind: "no_share" });
}

/** Where the logo lies is ours to know: a reader only sees that there is one. */
function withoutPaths(model: ReportModel): ReportModel {
  const { logoKey } = model.branding;
  if (logoKey === null) return model;
  return { ...model, branding: { ...model.branding, logoKey: logoKey.slice(logoKey.lastIndexOf("/") + 1) } };
}

/** The logo of the report behind a link; `no_logo` where it has Waymark's own sign. */
export async function logoOfShared(
  deps: ReadDeps,
  reader: ReaderInput,
): Promise<Result<StoredFile, NoShare | ShareLocked | { kind: "no_logo" }>> {
  const opened = await openReport(deps, reader);
  if (!opened.ok) return opened;
  const { modelKey } = opened.value.report;
  const model = modelKey === null ? null : await readModel(deps.reportStore, modelKey);
  const key = model?.branding.logoKey ?? null;
  const file = key === null ? null : await deps.reportStore.get(key);
  return file === null ? fail({ kind: "no_logo" }) : ok(file);
}
