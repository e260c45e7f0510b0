import { groupCredit, type DayCredit } from "#core/attribution/credit.ts";
import { dayRuns } from "#core/time/day-runs.ts";
import type { Database } from "#db/database.ts";
import { creditRows, readCreditRows } from "#db/queries/attribution/credit-rows.ts";
import { journeyRows } from "#db/queries/attribution/journey-rows.ts";
import { storeCreditDays, type CreditDay, type CreditDaysQuestion } from "./credit-days.ts";
import { dataVersion } from "./traffic.ts";

export type LoadedCredit = {
  credit: DayCredit[];
  /** The data version after the last fact was read; null when none had to be. */
  versionAfter: string | null;
};

/**
 * The credit of a range. Days whose credit is kept are taken as they are; the others are worked out from touchpoints and
 * conversions, a run of days at a time, and kept. Credit is additive over days, so the two may be mixed.
 */
export async function loadCredit(
  db: Database,
  question: CreditDaysQuestion & { versionFrom: string },
  known: readonly CreditDay[],
): Promise<LoadedCredit> {
  const missing = known.filter(({ credit }) => credit === null);
  const kept = known.flatMap(({ credit }) => credit ?? []);
  if (missing.length === 0) return { credit: kept, versionAfter: null };
  const runs = dayRuns(missing.map(({ day }) => day));
  const answers = await Promise.all(
    runs.map(async (run) => await journeyRows(db, creditRows({ ...question, ...run }))),
  );
  const worked = answers.flatMap((rows) => readCreditRows(rows));
  const byDay = groupCredit(worked, ({ day }) => day);
  const [version] = await db.batch([
    db.execute<{ version: string }>(dataVersion(question.siteId, question.versionFrom, question.to)),
    db.execute(
      storeCreditDays(
        question,
        missing.map((day) => ({ ...day, credit: byDay.get(day.day) ?? [] })),
      ),
    ),
  ]);
  return { credit: [...kept, ...worked], versionAfter: version.rows[0]?.version ?? null };
}
