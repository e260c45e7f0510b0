import type { AlertKind } from "#core/alerts/alert-kind.ts";
import { numbersOf, type AlertNumbers } from "#core/alerts/alert-parameters.ts";
import type { AlertRuleRecord } from "#db/queries/alerts/alert-rules.ts";

/** A rule as it holds: what somebody changed, else the standard. */
export type RuleInForce = {
  isEnabled: boolean;
  numbers: AlertNumbers;
  /** Null: all channels of the owner. */
  channelIds: readonly number[] | null;
};

export type RulePlace = { kind: AlertKind; accountId: number | null; siteId: number | null };
export type RuleBook = (place: RulePlace) => RuleInForce;

/** Finds the rule that holds for a place. */
export function ruleBook(changed: readonly AlertRuleRecord[]): RuleBook {
  const rules = new Map(changed.map((rule) => [keyOf(rule), rule]));
  return (place) => {
    const rule = rules.get(keyOf(place));
    return {
      isEnabled: rule?.isEnabled ?? true,
      numbers: numbersOf(place.kind, rule?.parameters ?? null),
      channelIds: rule?.channelIds ?? null,
    };
  };
}

function keyOf({ kind, accountId, siteId }: RulePlace): string {
  return `${kind} ${accountId ?? ""} ${siteId ?? ""}`;
}
