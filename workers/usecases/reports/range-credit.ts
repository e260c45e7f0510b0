import {
  creditOf,
  type CreditIn,
  type DayCredit,
  RULE_MODELS,
  type RuleModel,
} from "#core/attribution/credit.ts";
import type { JourneyModel } from "#core/attribution/journey-shares.ts";
import type { Model } from "#core/attribution/models.ts";
import {
  NO_GROUP,
  runCredit,
  UNATTRIBUTED_GROUP,
  type CreditByGroup,
  type RunItem,
} from "#core/attribution/runs/run-item.ts";
import type { AttributionReady } from "#contract/attribution.ts";
import { dayFactors } from "#core/money/day-factors.ts";
import type { Database } from "#db/database.ts";
import { countItems } from "#db/queries/attribution/credited-items.ts";
import type { RunQuestion } from "#db/queries/runs/run-record.ts";
import type { SettledFacts } from "#usecases/analytics/settle-money.ts";
import { journeyQuestion } from "#usecases/attribution/attribution-parts.ts";
import type { Deps } from "#usecases/deps.ts";
import { MOST_ITEMS } from "#usecases/runs/build-run.ts";
import { currentAnswer } from "#usecases/runs/current-answer.ts";
import { itemsByDay } from "#usecases/runs/items-by-day.ts";

/**
 * What campaigns earned under a report's model, all in its currency; each row has the same credit under all three names of
 * models, so that what is worked out of kept credit can be worked out of it.
 */
export type RangeCredit = {
  rows: DayCredit[];
  /** Whether rows are of single days; else of the range as a whole, dated with its first day. */
  isDaily: boolean;
};

/** Models whose credit is kept for each day. */
export function isKept(model: Model): model is RuleModel {
  return (RULE_MODELS as readonly string[]).includes(model);
}

/** Kept credit of a model; what could not be converted is in its own currency. */
export function keptCredit({ credit }: Pick<SettledFacts, "credit">, model: RuleModel): RangeCredit {
  return {
    rows: credit.map(({ day, currency, isUnattributed, campaignId, channel, ...row }) => {
      const { conversions, revenueMinor } = creditOf(row as DayCredit, model);
      return creditRow({ day, currency, isUnattributed, campaignId, channel, conversions, revenueMinor });
    }),
    isDaily: true,
  };
}

const NO_GROUPS: ReadonlySet<string> = new Set();

/** Sums items by day and campaign as they come. */
export class ItemCredit {
  readonly #sums = new Map<string, Map<string, CreditIn>>();
  readonly #model: JourneyModel;
  readonly #options: RunQuestion["options"];

  constructor(model: JourneyModel, options: RunQuestion["options"]) {
    this.#model = model;
    this.#options = options;
  }

  add(day: string, items: readonly RunItem[]): void {
    const groups = this.#sums.get(day) ?? new Map<string, CreditIn>();
    this.#sums.set(day, groups);
    for (const item of items) {
      const foreign = this.#foreignTo(item);
      for (const [group, credit] of this.#creditOf(item)) {
        const sum = groups.get(group) ?? { conversions: 0, revenueMinor: 0, isRevenueForeign: false };
        sum.conversions += credit.conversions;
        sum.revenueMinor += credit.revenueMinor;
        if (foreign.has(group)) sum.isRevenueForeign = true;
        groups.set(group, sum);
      }
    }
  }

  /** The groups with a share of what has no rate: of a refund, those with one of its conversion, which can be told by its count. */
  #foreignTo(item: RunItem): ReadonlySet<string> {
    if (item.isForeign !== true) return NO_GROUPS;
    const shares = [...this.#creditOf({ ...item, kind: "conversion" })];
    return new Set(shares.flatMap(([group, { conversions }]) => (conversions > 0 ? [group] : [])));
  }

  #creditOf(item: RunItem): CreditByGroup {
    return runCredit(item, { model: this.#model, options: this.#options });
  }

  credit(currency: string): RangeCredit {
    const rows = [...this.#sums].flatMap(([day, groups]) =>
      [...groups].map(([group, sum]) =>
        creditRow({
          day,
          currency,
          isUnattributed: group === UNATTRIBUTED_GROUP,
          campaignId: group === NO_GROUP || group === UNATTRIBUTED_GROUP ? null : Number(group),
          channel: null,
          ...sum,
        }),
      ),
    );
    return { rows, isDaily: true };
  }
}

/** What an answer by campaign says of the range as a whole. */
export function answeredCredit(
  { rows, range, basis }: AttributionReady,
  { model, idOf }: { model: Model; idOf: ReadonlyMap<string, number> },
): RangeCredit {
  return {
    isDaily: false,
    rows: rows.map(({ kind, key, credits }) => {
      const { conversions = 0, revenueMinor = 0, isRevenueForeign = false } = credits[model] ?? {};
      return creditRow({
        day: range.from,
        currency: basis.currency,
        isUnattributed: kind === "unattributed",
        campaignId: kind === "group" && key !== null ? (idOf.get(key) ?? null) : null,
        channel: null,
        conversions,
        revenueMinor,
        isRevenueForeign,
      });
    }),
  };
}

export type RangeAsked = {
  site: { siteId: number; publicId: string; timeZone: string };
  facts: SettledFacts;
  question: RunQuestion;
  model: Model;
};

/** The credit of a range of which no run is made: kept, or worked out from its orders, or from an answer. */
export async function loadRangeCredit(
  deps: Pick<Deps, "clock">,
  db: Database,
  { site, facts, question, model }: RangeAsked,
): Promise<RangeCredit> {
  if (isKept(model)) return keptCredit(facts, model);
  const { from, to } = question;
  const { siteId, timeZone } = site;
  const count = await countItems(db, { siteId, from, to, most: MOST_ITEMS + 1 });
  if (model === "markov" || count > MOST_ITEMS) {
    const current = await currentAnswer(deps, db, { site, question });
    if (current === null)
      throw new Error(`Cannot read the credit of site ${siteId}: it is not there any more`);
    const idOf = new Map(facts.campaigns.map(({ publicId, id }) => [publicId, id]));
    return answeredCredit(current.answer, { model, idOf });
  }
  const factors = dayFactors(facts.rates, { currency: facts.currency, from, to });
  const sums = new ItemCredit(model, question.options);
  const asked = { ...journeyQuestion(siteId, question, false), factors };
  for await (const { day, items } of itemsByDay(db, asked, { timeZone, count })) sums.add(day, items);
  return sums.credit(facts.currency);
}

type CreditRow = Omit<CreditIn, "isRevenueForeign"> &
  Pick<DayCredit, "day" | "currency" | "isUnattributed" | "campaignId" | "channel" | "isRevenueForeign">;

function creditRow({ conversions, revenueMinor, ...row }: CreditRow): DayCredit {
  return {
    ...row,
    firstConversions: conversions,
    firstRevenueMinor: revenueMinor,
    lastConversions: conversions,
    lastRevenueMinor: revenueMinor,
    linearConversions: conversions,
    linearRevenueMinor: revenueMinor,
  };
}
