import type { DealKind } from "./deal.ts";
import { isDayWithin, type DayBounds } from "./spend-days.ts";

export type DealTerms = {
  kind: DealKind;
  startsOn: string;
  endsOn: string | null;
  amountMinor: number | null;
  sharePercent: number | null;
};

export type DealFault =
  | ({ field: "startsOn" | "endsOn"; fault: "day_out_of_range" } & DayBounds)
  | { field: "endsOn"; fault: "ends_before_start" | "fixed_needs_end" }
  | { field: "amountMinor"; fault: "needs_amount" }
  | { field: "sharePercent"; fault: "needs_share" };

/** What keeps terms from being a deal. `days`: those between which a deal may run. */
export function dealFaults(terms: DealTerms, days: DayBounds): DealFault[] {
  const { kind, startsOn, endsOn, amountMinor, sharePercent } = terms;
  const faults: DealFault[] = outOfRange(terms, days);
  if (endsOn !== null && endsOn < startsOn) faults.push({ field: "endsOn", fault: "ends_before_start" });
  if (kind === "fixed" && endsOn === null) faults.push({ field: "endsOn", fault: "fixed_needs_end" });
  if (kind === "revenue_share" && sharePercent === null)
    faults.push({ field: "sharePercent", fault: "needs_share" });
  if (kind !== "revenue_share" && amountMinor === null)
    faults.push({ field: "amountMinor", fault: "needs_amount" });
  return faults;
}

function outOfRange({ startsOn, endsOn }: DealTerms, days: DayBounds): DealFault[] {
  const named = { startsOn, endsOn };
  return (["startsOn", "endsOn"] as const).flatMap((field): DealFault[] => {
    const day = named[field];
    if (day === null || isDayWithin(day, days)) return [];
    return [{ field, fault: "day_out_of_range", ...days }];
  });
}
