import { CreditCounter, type Amount } from "#core/attribution/credit-items.ts";
import type { Touch } from "#core/attribution/journey.ts";
import { markovCredit } from "#core/attribution/markov/markov-credit.ts";
import { MarkovCounter } from "#core/attribution/markov/markov-counter.ts";
import type { Model } from "#core/attribution/models.ts";
import type { AttributionOptions } from "#core/attribution/options.ts";
import { InputError } from "./csv-rows.ts";

/** Journeys of one way together. An empty one is unattributed. */
export type AccountJourney = { journey: readonly Touch[]; conversions: number; value: number; nulls: number };

export type NamedCredit = Amount & { name: string; removalEffect?: number; removalEffectValue?: number };

/** Credit is sorted by name, in code-point order. */
export type AccountResult = {
  total: Amount;
  unattributed: Amount;
  credit: NamedCredit[];
  pConversion?: number;
};

/** Takes journeys one after the other and says at the end who earned what. */
export type CreditAccount = { add: (journey: AccountJourney) => void; result: () => AccountResult };

export function creditAccount(model: Model, options: AttributionOptions): CreditAccount {
  if (model === "markov") return markovAccount(options);
  const counter = new CreditCounter({ model, options, money: "fractions" });
  return {
    add: ({ journey, conversions, value }) => {
      if (conversions > 0) counter.add({ journey, conversions, before: 0, after: value });
    },
    result: () => {
      const { total, unattributed, credit } = counter.sums();
      const named = credit.map(({ group, conversions, value }) => ({ name: group, conversions, value }));
      return { total, unattributed, credit: named };
    },
  };
}

function markovAccount({ markov }: AttributionOptions): CreditAccount {
  const counter = new MarkovCounter(markov.order);
  const total = { conversions: 0, value: 0 };
  const unattributed = { conversions: 0, value: 0 };
  return {
    add: ({ journey, conversions, value, nulls }) => {
      add(total, conversions, value);
      const groups = journey.map(({ group }) => group);
      if (groups.length === 0) add(unattributed, conversions, value);
      else if (conversions > 0 || (markov.nullJourneys && nulls > 0))
        counter.add({ bucket: 0, groups, conversions, value, nulls });
    },
    result: () => {
      const shared = {
        conversions: total.conversions - unattributed.conversions,
        value: total.value - unattributed.value,
      };
      const credit = markovCredit(counter.counts(), shared, markov);
      if (!credit.ok)
        throw new InputError(
          `Order ${markov.order} makes ${credit.error.states} states of these journeys, more than ${credit.error.max}: take a lower order, or group what is alike under one name`,
        );
      const named = credit.value.credit.map(({ group, ...rest }) => ({ name: group, ...rest }));
      return {
        total,
        unattributed,
        credit: named.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
        pConversion: credit.value.pConversion,
      };
    },
  };
}

function add(amount: Amount, conversions: number, value: number): void {
  amount.conversions += conversions;
  amount.value += value;
}
