import type { Attribution, AttributionBasis, AttributionReady } from "#contract/attribution.ts";
import { MODELS } from "#core/attribution/models.ts";
import type { Database } from "#db/database.ts";
import type { AttributionState } from "#db/queries/attribution/load-state.ts";
import type { ForeignMoney } from "#db/queries/attribution/foreign-money.ts";
import { pageNames } from "#db/queries/attribution/page-names.ts";
import { spendOf } from "#usecases/analytics/figures.ts";
import type { AttributionParts } from "./attribution-parts.ts";
import type { AttributionInput } from "./attribution-question.ts";
import { attributionRows } from "./attribution-rows.ts";
import type { ComputedParts, RulesPart } from "./compute-parts.ts";
import { creditGroups, type CreditGroup, type GroupedParts } from "./credit-groups.ts";
import type { MarkovPart } from "./markov-part.ts";
import type { SettledState } from "./settle-state.ts";

export type AnswerFacts = {
  input: AttributionInput;
  parts: AttributionParts;
  state: AttributionState;
  now: Date;
};

/** The answer from parts that are all there. */
export async function attributionReady(
  db: Database,
  { known, ...facts }: AnswerFacts & { known: ComputedParts; state: SettledState },
): Promise<Extract<Attribution, { status: "ready" }>> {
  const { input, state } = facts;
  const grouped = groupedParts(facts.parts, known);
  const groups = creditGroups(grouped);
  const { currency, campaigns, spend } = state;
  const pages = await pagesOf(db, input, groups);
  const absent =
    grouped.markov.kind === "absent" ? [{ model: "markov", reason: grouped.markov.reason } as const] : [];
  return {
    status: "ready",
    siteId: input.site.publicId,
    by: input.by,
    range: { from: input.from, to: input.to },
    basis: attributionBasis(facts, {
      ...known,
      foreign: grouped.rules.foreign,
      spendCurrencies: state.spendCurrencies,
    }),
    models: MODELS.filter((model) => !absent.some((missing) => missing.model === model)),
    absent,
    totals: {
      ...totalOf(grouped.rules),
      ...spendOf(spend, currency),
      rules: journeySet(grouped.rules, facts.parts.rules.question.reset),
      dataDriven: journeySet(grouped.dataDriven, facts.parts.dataDriven.question.reset),
    },
    check: checkOf(grouped.markov),
    rows: attributionRows(groups, { by: input.by, currency, campaigns, spend, pages }),
  };
}

/** How the figures came about. */
export function attributionBasis(
  { input, state, now }: AnswerFacts,
  known: { dataVersion: string; asOf?: string; foreign: ForeignMoney; spendCurrencies: string[] },
): AttributionBasis {
  return {
    ...input.options,
    type: input.type,
    customer: input.customer,
    currency: state.currency,
    timeZone: state.timeZone,
    dataVersion: known.dataVersion,
    asOf: known.asOf ?? state.staleSince ?? now.toISOString(),
    convertedCurrencies: [...new Set([...known.foreign.converted, ...known.spendCurrencies])].toSorted(),
    otherCurrencies: known.foreign.others,
  };
}

/** The parts of an answer, each for what it is. */
export function groupedParts(parts: AttributionParts, known: ComputedParts): GroupedParts {
  const part = (options: string) => {
    const found = known.parts.get(options);
    if (found === undefined) throw new Error(`A part of the answer is missing: ${options}`);
    return found;
  };
  return {
    rules: part(parts.rules.options) as RulesPart,
    dataDriven: part(parts.dataDriven.options) as RulesPart,
    markov: part(parts.markov.options) as MarkovPart,
  };
}

/** The same under every model that shares out each conversion. */
function totalOf({ sums }: RulesPart): AttributionReady["totals"]["rules"]["unattributed"] {
  return {
    conversions: sums.reduce((total, { last }) => total + last.conversions, 0),
    revenueMinor: sums.reduce((total, { last }) => total + last.revenueMinor, 0),
    isRevenueForeign: sums.some(({ last }) => last.isRevenueForeign),
  };
}

function journeySet(part: RulesPart, reset: boolean): AttributionReady["totals"]["rules"] {
  const unattributed = totalOf({ ...part, sums: part.sums.filter(({ isUnattributed }) => isUnattributed) });
  const { conversions } = totalOf(part);
  return { reset, convertingJourneys: conversions - unattributed.conversions, unattributed };
}

function checkOf(markov: MarkovPart): AttributionReady["check"] {
  if (markov.kind === "absent") return null;
  const { pConversion, empirical, states } = markov;
  return { pConversion, empirical, states };
}

async function pagesOf(db: Database, { by, site }: AttributionInput, groups: readonly CreditGroup[]) {
  const ids = by === "landing_page" ? groups.flatMap(({ key }) => (key === null ? [] : [Number(key)])) : [];
  return await pageNames(db, site.siteId, ids);
}
