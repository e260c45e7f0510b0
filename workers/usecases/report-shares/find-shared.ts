import { fail, ok, type Result } from "#core/result.ts";
import type { Database } from "#db/database.ts";
import { findShare, type FoundShare } from "#db/queries/report-shares/find-share.ts";
import { findReport } from "#db/queries/reports/find-report.ts";
import type { ReportRecord } from "#db/queries/reports/report-record.ts";
import type { AccountDeps } from "#usecases/deps.ts";

export type SharedDeps = Pick<AccountDeps, "databases" | "clock" | "tokens">;

/** Unknown, expired, revoked, or its report is gone: who asks is not told which. */
export type NoShare = { kind: "no_share" };
export type ShareLocked = { kind: "share_locked" };

export type Found = { db: Database; share: FoundShare };

/** What a reader shows who opened the link before, as `passOf` made it. */
export type ReaderInput = { token: string; pass: string | null };

/** How long an opened link stays so in one browser, and a reader counts as one. */
export const PASS_HOURS = 12;

/** The link of a token. It does not say in which database its report is; there are few. */
export async function findShared(deps: SharedDeps, token: string): Promise<Result<Found, NoShare>> {
  const asked = { tokenHash: deps.tokens.hash(token), at: deps.clock.now() };
  for (const database of deps.databases.names()) {
    const db = deps.databases.named(database);
    // oxlint-disable-next-line no-await-in-loop
    const share = await findShare(db, asked);
    if (share !== null) return ok({ db, share });
  }
  return fail({ kind: "no_share" });
}

/**
 * What a browser keeps that has opened the link: until when, and a hash that nobody can make who does not know what is
 * stored of the password. A new password, or none any more, makes it worthless.
 */
export function passOf(deps: Pick<SharedDeps, "clock" | "tokens">, token: string, share: FoundShare): string {
  const untilMs = deps.clock.now().getTime() + PASS_HOURS * 3_600_000;
  return `${untilMs}.${proofOf(deps, { token, share, untilMs })}`;
}

/** Whether the reader has opened the link in this browser, and not too long ago. */
export function isPass(
  deps: Pick<SharedDeps, "clock" | "tokens">,
  { token, pass }: ReaderInput,
  share: FoundShare,
): boolean {
  const [, until, proof = ""] = /^(\d{13})\.([0-9a-f]{64})$/.exec(pass ?? "") ?? [];
  const untilMs = Number(until);
  if (!(untilMs > deps.clock.now().getTime())) return false;
  return deps.tokens.matches(proofText({ token, share, untilMs }), proof);
}

type Proof = { token: string; share: FoundShare; untilMs: number };

function proofOf(deps: Pick<SharedDeps, "tokens">, proof: Proof): string {
  return deps.tokens.hash(proofText(proof));
}

function proofText({ token, share, untilMs }: Proof): string {
  return `${untilMs}.${token}.${share.passwordHash ?? ""}`;
}

/** The report behind a link, for a reader who may read it. */
export async function openReport(
  deps: SharedDeps,
  reader: ReaderInput,
): Promise<Result<Found & { report: ReportRecord }, NoShare | ShareLocked>> {
  const found = await findShared(deps, reader.token);
  if (!found.ok) return found;
  const { db, share } = found.value;
  if (share.passwordHash !== null && !isPass(deps, reader, share)) return fail({ kind: "share_locked" });
  const report = await findReport(db, { accountId: share.accountId, publicId: share.reportId });
  return report === null ? fail({ kind: "no_share" }) : ok({ db, share, report });
}
