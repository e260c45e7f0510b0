import { sql, type SQL } from "drizzle-orm";

import { firstDayThatCounts } from "#core/spend/first-day-that-counts.ts";
import type { Database } from "#db/database.ts";
import { dataVersion } from "#db/queries/analytics/traffic.ts";
import type { JourneyQuestion } from "./journey.ts";
import { hashedJoins } from "./journey-rows.ts";
import { memory, timeLeft } from "./load-parts.ts";
import { resultVersion, type ResultVersion } from "./stored-results.ts";

export type FactsAnswer = {
  version: ResultVersion;
  dataVersion: string;
  /** The rows of each statement, in their order. */
  answers: Record<string, unknown>[][];
};

/**
 * The answers of some statements about the journeys of a question, from one snapshot, with the version that the facts had
 * in it; null for a site that is not there. All of it ends after `timeoutMs`, with SQLSTATE 57014.
 */
export async function loadFacts(
  db: Database,
  question: JourneyQuestion,
  { statements, timeoutMs }: { statements: readonly SQL[]; timeoutMs: number },
): Promise<FactsAnswer | null> {
  const { siteId, from, to, lookbackDays, customer } = question;
  const range = { siteId, from, to, lookbackDays, sinceEver: customer !== null };
  const [, , , version, shown, , ...answers] = await db.batch([
    db.execute(sql`set transaction isolation level repeatable read`),
    db.execute(memory()),
    db.execute(timeLeft(timeoutMs)),
    db.execute<ResultVersion & Record<string, unknown>>(resultVersion(range)),
    db.execute<{ version: string }>(dataVersion(siteId, firstDayThatCounts(from, lookbackDays), to)),
    db.execute(hashedJoins()),
    ...statements.flatMap((statement) => [db.execute(timeLeft(timeoutMs)), db.execute(statement)]),
  ]);
  const [versionRow] = version.rows;
  const [shownRow] = shown.rows;
  if (!versionRow || !shownRow) return null;
  const { since, version: of, matched } = versionRow;
  return {
    version: { since, version: of, matched },
    dataVersion: shownRow.version,
    answers: statements.map((_, i) => answers[2 * i + 1]?.rows ?? []),
  };
}
