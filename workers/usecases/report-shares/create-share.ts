import type { CreateShareRequest, NewShare } from "#contract/report-shares.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { findReport } from "#db/queries/reports/find-report.ts";
import { insertShare } from "#db/queries/report-shares/write-share.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import { noteChange } from "#usecases/campaigns/note-change.ts";
import type { AccountDeps } from "#usecases/deps.ts";
import { obstacleOf, type DownloadRefusal } from "#usecases/reports/download-report.ts";
import { shareUrl } from "./share-url.ts";
import { showShare } from "./show-share.ts";

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 30;

export type CreateShareInput = { principal: Principal; reportId: string; request: CreateShareRequest };

/** Makes a link to a report that is ready. The link is told this once: only its hash is kept. */
export async function createShare(
  deps: Pick<AccountDeps, "databases" | "clock" | "ids" | "log" | "settings" | "tokens" | "passwords">,
  { principal, reportId, request }: CreateShareInput,
): Promise<Result<NewShare, DownloadRefusal>> {
  const db = deps.databases.named(principal.database);
  const report = await findReport(db, { accountId: principal.accountId, publicId: reportId });
  if (report === null) return fail({ kind: "report_not_found" });
  const obstacle = obstacleOf(report);
  if (obstacle !== null) return fail(obstacle);

  const { expiresInDays = DEFAULT_DAYS, password } = request;
  const createdAt = deps.clock.now();
  const token = deps.tokens.make();
  const share = {
    publicId: deps.ids.publicId("shr", createdAt),
    passwordHash: password === undefined ? null : await deps.passwords.hash(password),
    expiresAt: new Date(createdAt.getTime() + expiresInDays * DAY_MS),
    createdAt,
  };
  await insertShare(db, {
    ...share,
    accountId: principal.accountId,
    reportId: report.id,
    tokenHash: deps.tokens.hash(token),
    createdBy: principal.kind === "user" ? principal.userId : null,
  });
  await noteChange(deps, principal, {
    action: "report_share.create",
    subject: share.publicId,
    detail: { report: report.publicId, hasPassword: password !== undefined, expiresInDays },
  });
  const shown = showShare({ ...share, revokedAt: null, views: 0, lastViewedAt: null });
  return ok({ ...shown, url: shareUrl(deps.settings, token) });
}
