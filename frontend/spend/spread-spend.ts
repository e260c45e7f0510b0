import type { PutSpendRequest } from "#contract/campaigns.ts";
import { listDays } from "#frontend/format/day.ts";
import type { Day } from "#frontend/format/day.ts";

type Lump = { from: Day; to: Day; amountMinor: number; currency: string; note: string | null };

/** A lump sum in equal whole minor units over its days; the first days bear the remainder, so the sum is exact. */
export function spreadSpend({ from, to, amountMinor, currency, note }: Lump): PutSpendRequest["rows"] {
  const days = listDays(from, to);
  const share = Math.floor(amountMinor / days.length);
  const rest = amountMinor - share * days.length;
  return days.map((day, index) => ({ day, amountMinor: share + (index < rest ? 1 : 0), currency, note }));
}
