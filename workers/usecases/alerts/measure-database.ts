import { judgeDeadLetters, judgeReportFailure, judgeWaiting } from "#core/alerts/judge-operations.ts";
import type { Database } from "#db/database.ts";
import { countWaitingLetters } from "#db/queries/alerts/measure-operations.ts";
import { measureFailedReports, type FailedReports } from "#db/queries/alerts/measure-reports.ts";
import { oldestStaleMark } from "#db/queries/ledger/oldest-stale-mark.ts";
import { ofInstallation } from "./measure-requests.ts";
import { MINUTE_MS, openOf, type Measured, type Open } from "./measured.ts";

export type DatabaseLook = Open & { db: Database; at: Date };

/** Dead letters of a database, and the hour that has waited longest to be summed up. */
export async function measureStandstill({ db, database, at }: DatabaseLook): Promise<Measured[]> {
  const [letters, oldest] = await Promise.all([countWaitingLetters(db), oldestStaleMark(db)]);
  const waitedMs = oldest === null ? 0 : Math.max(0, at.getTime() - oldest.getTime());
  const seconds = Math.round(waitedMs / 1_000);
  return [
    {
      ...ofInstallation("dead-letters", database),
      judge: (numbers) => judgeDeadLetters({ kind: "dead-letters", ...letters }, numbers),
    },
    {
      ...ofInstallation("rollup-stalled", database),
      judge: (numbers) => judgeWaiting({ kind: "rollup-stalled", seconds, what: "hours" }, numbers),
    },
  ];
}

const NONE = { reports: 0, mails: 0, latest: null } as const;

/** Reports and their mails that failed: to each account its own, to the operators all of the database. */
export async function measureReports({ db, at, ...open }: DatabaseLook): Promise<Measured[]> {
  const failed = await measureFailedReports(db, at);
  const byAccount = new Map(failed.map((row) => [row.accountId, row]));
  const accounts = new Set([
    ...byAccount.keys(),
    ...openOf(open, ["report-failure"]).flatMap(({ accountId }) => accountId ?? []),
  ]);
  const ofAccounts = [...accounts].map((accountId) => ({
    kind: "report-failure" as const,
    accountId,
    siteId: null,
    subject: "",
    site: null,
    database: open.database,
    everyMs: MINUTE_MS,
    judge: judgeOf(byAccount.get(accountId) ?? NONE),
  }));
  return [
    ...ofAccounts,
    { ...ofInstallation("report-failure", open.database), judge: judgeOf(sumOf(failed)) },
  ];
}

function judgeOf({ reports, mails, latest }: Omit<FailedReports, "accountId">): Measured["judge"] {
  return (numbers) => judgeReportFailure({ kind: "report-failure", reports, mails, latest }, numbers);
}

/** What a customer called a report is not the operators' to read: they get its id. */
function sumOf(failed: readonly FailedReports[]): Omit<FailedReports, "accountId"> {
  const latest = failed[0]?.latest ?? null;
  return {
    reports: failed.reduce((sum, { reports }) => sum + reports, 0),
    mails: failed.reduce((sum, { mails }) => sum + mails, 0),
    latest: latest && { ...latest, title: latest.reportId },
  };
}
