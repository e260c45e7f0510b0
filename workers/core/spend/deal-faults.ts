import type { DealKind } from "./deal.ts";

export type DealTerms = {
  kind: DealKind;
  startsOn: string;
  endsOn: string | null;
  amountMinor: number | null;
  sharePercent: number | null;
};

export type DealFault =
  | { field: "endsOn"; fault: "ends_before_start" | "fixed_needs_end" }
  | { field: "amountMinor"; fault: "needs_amount" }
  | { field: "sharePercent"; fault: "needs_share" };

/** What keeps terms from being a deal. */
export function dealFaults({ kind, startsOn, endsOn, amountMinor, sharePercent }: DealTerms): DealFault[] {
  const faults: DealFault[] = [];
  if (endsOn !== null && endsOn < startsOn) faults.push({ field: "endsOn", fault: "ends_before_start" });
  if (kind === "fixed" && endsOn === null) faults.push({ field: "endsOn", fault: "fixed_needs_end" });
  if (kind === "revenue_share" && sharePercent === null)
    faults.push({ field: "sharePercent", fault: "needs_share" });
  if (kind !== "revenue_share" && amountMinor === null)
    faults.push({ field: "amountMinor", fault: "needs_amount" });
  return faults;
}
