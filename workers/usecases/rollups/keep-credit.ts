import { addDays } from "#core/time/site-day.ts";
import type { Database } from "#db/database.ts";
import { lastWholeDay, loadCreditDays } from "#db/queries/analytics/credit-days.ts";
import { loadCredit } from "#db/queries/analytics/load-credit.ts";

/** What is shown unless something else is chosen; other choices are worked out when they are asked for. */
const LOOKBACK_DAYS = 30;
const DIRECT = "keep";
/** How far back screens look by themselves. */
const DAYS_BACK = 92;
/** Worked out in one statement, so that none is long after a changed matcher. */
const DAYS_A_PART = 7;

/**
 * Works out the credit of the days that a change of these days can reach, before anybody waits for it. The current day is
 * left to whoever asks: it changes all the time, and is one day. Days whose credit is kept cost nothing.
 */
export async function keepCredit(db: Database, siteId: number, changed: readonly string[]): Promise<void> {
  const last = await lastWholeDay(db, siteId);
  const sorted = changed.toSorted((a, b) => (a < b ? -1 : 1));
  const [first, latest] = [sorted[0], sorted.at(-1)];
  if (last === null || first === undefined || latest === undefined) return;
  const earliest = addDays(last, -DAYS_BACK);
  const reach = addDays(latest, LOOKBACK_DAYS);
  const end = reach < last ? reach : last;
  let from = first > earliest ? first : earliest;
  while (from <= end) {
    const to = addDays(from, DAYS_A_PART - 1) < end ? addDays(from, DAYS_A_PART - 1) : end;
    const part = { siteId, from, to, lookbackDays: LOOKBACK_DAYS, direct: DIRECT } as const;
    // One part after the other: they are many after a changed matcher.
    // oxlint-disable-next-line no-await-in-loop
    const known = await loadCreditDays(db, part);
    // Nothing is kept while sources wait to be matched again, so nothing is worked out either.
    const hasVersion = known.every(({ version }) => version !== null);
    // oxlint-disable-next-line no-await-in-loop
    if (hasVersion) await loadCredit(db, { ...part, versionFrom: from }, known);
    from = addDays(to, 1);
  }
}
