import { sql, type SQL } from "drizzle-orm";

import { firstDayThatCounts } from "#core/spend/first-day-that-counts.ts";
import type { Database } from "#db/database.ts";
import { dataVersion } from "#db/queries/analytics/traffic.ts";
import { markovSteps, readMarkovSteps, type MarkovSteps, type MarkovStepsQuestion } from "./markov-steps.ts";
import { foreignMoney, readForeignMoney, type ForeignMoney } from "./foreign-money.ts";
import { hashedJoins } from "./journey-rows.ts";
import { readRuleSums, ruleSums, type RuleSum, type RuleSumsQuestion } from "./rule-sums.ts";
import { resultVersion, type ResultVersion } from "./stored-results.ts";

/** A statement to run, by the name under which its rows are wanted. */
export type WantedPart =
  | { options: string; kind: "rules"; question: RuleSumsQuestion }
  | { options: string; kind: "markov"; question: MarkovStepsQuestion };

export type LoadedPart =
  | { options: string; kind: "rules"; sums: RuleSum[]; foreign: ForeignMoney }
  | { options: string; kind: "markov"; steps: MarkovSteps; question: MarkovStepsQuestion };

export type LoadedParts = { version: ResultVersion; dataVersion: string; parts: LoadedPart[] };

type VersionRow = ResultVersion & Record<string, unknown>;

/**
 * Works parts of one range out, all from one snapshot, with the version that the facts had in it; null for a site that is
 * not there. Whichever statement is running after `timeoutMs` fails with SQLSTATE 57014.
 */
export async function loadParts(
  db: Database,
  wanted: readonly [WantedPart, ...WantedPart[]],
  timeoutMs: number,
): Promise<LoadedParts | null> {
  const [{ question }] = wanted;
  const { siteId, from, to, lookbackDays, customer } = question;
  const range = { siteId, from, to, lookbackDays, sinceEver: customer !== null };
  const isolated = sql`set transaction isolation level repeatable read`;
  const [, , , version, shown, , paid, ...answers] = await db.batch([
    db.execute(isolated),
    db.execute(memory()),
    db.execute(timeLeft(timeoutMs)),
    db.execute<VersionRow>(resultVersion(range)),
    db.execute<{ version: string }>(dataVersion(siteId, firstDayThatCounts(from, lookbackDays), to)),
    db.execute(hashedJoins()),
    db.execute(foreignMoney(question)),
    ...wanted.flatMap((part) => [db.execute(timeLeft(timeoutMs)), db.execute(statementOf(part))]),
  ]);
  const [versionRow] = version.rows;
  const [shownRow] = shown.rows;
  if (!versionRow || !shownRow) return null;
  const foreign = readForeignMoney(paid.rows);
  return {
    version: { since: versionRow.since, version: versionRow.version, matched: versionRow.matched },
    dataVersion: shownRow.version,
    parts: wanted.map((part, i) => readPart(part, answers[2 * i + 1]?.rows ?? [], foreign)),
  };
}

/** Sums of millions of contacts are sorted in memory where they can be; what is compiled for them pays for nobody else. */
export function memory(): SQL {
  return sql`select set_config('work_mem', '32MB', true), set_config('jit', 'off', true)`;
}

/** The next statement has what is left of the transaction's time: 0 would be no end to it. */
export function timeLeft(timeoutMs: number): SQL {
  return sql`
    select set_config('statement_timeout', greatest(1,
      ${timeoutMs}::int - (extract(epoch from clock_timestamp() - transaction_timestamp()) * 1000)::int)::text, true)`;
}

function statementOf(part: WantedPart): SQL {
  return part.kind === "rules" ? ruleSums(part.question) : markovSteps(part.question);
}

function readPart(
  part: WantedPart,
  rows: readonly Record<string, unknown>[],
  foreign: ForeignMoney,
): LoadedPart {
  const { options } = part;
  return part.kind === "rules"
    ? { options, kind: "rules", sums: readRuleSums(rows), foreign }
    : { options, kind: "markov", steps: readMarkovSteps(rows), question: part.question };
}
