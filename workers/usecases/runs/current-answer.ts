import type { AttributionReady } from "#contract/attribution.ts";
import type { DayFactor } from "#core/money/day-factors.ts";
import { ratesInForce, type RateInForce } from "#core/money/rates-in-force.ts";
import type { Database } from "#db/database.ts";
import { loadAttributionState } from "#db/queries/attribution/load-state.ts";
import type { RunSpend } from "#core/attribution/runs/run-spend.ts";
import type { RunQuestion } from "#db/queries/runs/run-record.ts";
import { attributionReady } from "#usecases/attribution/attribution-answer.ts";
import { attributionParts, wantedParts } from "#usecases/attribution/attribution-parts.ts";
import { computeParts, ratesKey, type RulesPart } from "#usecases/attribution/compute-parts.ts";
import { keptParts } from "#usecases/attribution/known-credit.ts";
import type { MarkovPart } from "#usecases/attribution/markov-part.ts";
import { factorsOf, settleState, stateKey, type SettledState } from "#usecases/attribution/settle-state.ts";
import { ok } from "#core/result.ts";
import type { Deps } from "#usecases/deps.ts";

/** What a job has: minutes, and a chain of as many states as there may be. */
const PATIENCE = { timeoutMs: 10 * 60_000, mostStates: Number.POSITIVE_INFINITY };

type Question = { site: { siteId: number; publicId: string }; question: RunQuestion };

/** What the workbench shows, and the money it is made of. */
export type CurrentAnswer = {
  answer: AttributionReady;
  spend: RunSpend[];
  /** What converts the money of each day, and the rates it comes from. */
  factors: DayFactor[];
  rates: RateInForce[];
};

/** What the workbench shows now, as it is kept, or worked out however long it takes; null for a site that is not there any more. */
export async function currentAnswer(
  deps: Pick<Deps, "clock">,
  db: Database,
  { site, question }: Question,
): Promise<CurrentAnswer | null> {
  const { siteId } = site;
  const parts = attributionParts(siteId, question);
  const options = [...new Set(Object.values(parts).map((part) => part.options))];
  const state = await loadAttributionState(db, stateKey({ ...question, siteId }), options);
  if (state === null) return null;
  const factors = factorsOf(state, question);
  const rates = ratesKey(factors);
  const kept = keptParts<RulesPart | MarkovPart>(state, { options, now: deps.clock.now(), rates });
  // What a job worked out a while ago is good enough for a screen, but not for what is kept for good.
  const known =
    kept !== null && kept.asOf === undefined
      ? ok(kept)
      : await computeParts({ db, clock: deps.clock }, wantedParts(parts, factors), PATIENCE);
  if (!known.ok && known.error.kind === "too_long")
    throw new Error(`Cannot compute attribution of site ${siteId}: a statement took more than ten minutes`);
  if (!known.ok) return null;
  // The database is the one that is at hand: an answer is made of what it says.
  const input = { ...question, site: { ...site, database: "" } };
  const now = deps.clock.now();
  const { from, to } = question;
  const settled = await settleState(db, state, { siteId, from, to, now });
  return {
    answer: await attributionReady(db, { input, parts, state: settled, now, known: known.value }),
    spend: spendOf(settled),
    factors,
    rates: ratesInForce(state.rates, { currencies: currenciesOf(settled), from, to }),
  };
}

function spendOf({ spend, paidSpend }: SettledState): RunSpend[] {
  return paidSpend.map((paid, i) => {
    const { day, campaignId, source, currency, amountMinor } = spend[i] ?? paid;
    const own = { currency: paid.currency, amountMinor: paid.amountMinor };
    return { day, campaignId, source, currency, amountMinor, paid: own };
  });
}

function currenciesOf({ currency, paidCurrencies, paidSpend }: SettledState): string[] {
  const all = new Set([currency, ...paidCurrencies, ...paidSpend.map((row) => row.currency)]);
  return all.size === 1 ? [] : [...all];
}
