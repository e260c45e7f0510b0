import { marginsOf, type RangeFacts } from "./figures.ts";
import type { SettledFacts } from "./settle-money.ts";
import { rangeTraffic } from "./united-traffic.ts";

/** What a whole site's figures of a range are made of. */
export function siteFacts(facts: SettledFacts, { from, to }: { from: string; to: string }): RangeFacts {
  return {
    from,
    to,
    traffic: rangeTraffic(facts, "site"),
    credit: facts.credit,
    spend: facts.spend,
    refundMinor: facts.refunds
      .filter(({ currency }) => currency === facts.currency)
      .reduce((sum, row) => sum + row.refundMinor, 0),
    margins: marginsOf(facts),
  };
}
