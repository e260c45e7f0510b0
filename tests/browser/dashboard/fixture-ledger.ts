import type { Deal } from "#contract/deals.ts";
import type { ExchangeRate } from "#contract/rates.ts";
import type { LedgerRow } from "#contract/spend.ts";
import { addDays, toDay } from "#frontend/format/day.ts";
import { BUCKETS, bucketDay } from "./fixture-figures.ts";

const DAYS = 9;
const today = (): string => toDay(Date.now());

export function demoDeals(): Deal[] {
  const rest = { endsOn: null, currency: "EUR", sharePercent: null, note: null };
  return [
    {
      ...rest,
      id: "deal_nord",
      campaignId: "cmp_nord",
      campaign: "Nordic Table podcast",
      kind: "fixed",
      startsOn: addDays(today(), -3),
      endsOn: addDays(today(), 26),
      amount: { minor: 420_000, currency: "EUR" },
      note: "Six episodes",
    },
    {
      ...rest,
      id: "deal_partner",
      campaignId: "cmp_partner",
      campaign: "Partner newsletter",
      kind: "revenue_share",
      startsOn: "2026-01-01",
      amount: null,
      sharePercent: 12.5,
    },
  ];
}

export function demoRates(): ExchangeRate[] {
  const day = addDays(today(), -1);
  return [
    { currency: "CHF", day, rate: "0.9402", source: "ECB", isOwn: false },
    { currency: "USD", day, rate: "1.0843", source: "ECB", isOwn: false },
  ];
}

/** Nine days of spend of three campaigns, one in dollars, and what a deal comes to. */
export function demoLedger(): LedgerRow[] {
  const day = (n: number) => addDays(today(), -n);
  const spent = BUCKETS.filter(({ id }) => id !== null && id !== "cmp_nord" && id !== "cmp_partner");
  const entered = Array.from({ length: DAYS }, (_, n) => n).flatMap((n) =>
    spent.map((bucket): LedgerRow => {
      const minor = bucketDay(bucket, day(n)).spendMinor ?? 0;
      const isForeign = bucket.id === "cmp_lena";
      return {
        campaignId: bucket.id ?? "",
        campaign: bucket.name,
        day: day(n),
        source: bucket.id === "cmp_brand" ? "google" : "manual",
        deal: null,
        amount: { minor, currency: isForeign ? "USD" : "EUR" },
        rate: isForeign ? { value: 0.92226, day: day(n), source: "ECB" } : null,
        convertedMinor: isForeign ? Math.round(minor * 0.92226) : minor,
        isCounted: true,
        note: n === 2 && bucket.id === "cmp_autumn" ? "Boosted the carousel" : null,
      };
    }),
  );
  const computed = [0, 1, 2, 3].map((n): LedgerRow => ({
    campaignId: "cmp_nord",
    campaign: "Nordic Table podcast",
    day: day(n),
    source: "deal:deal_nord",
    deal: { id: "deal_nord", kind: "fixed" },
    amount: { minor: 14_000, currency: "EUR" },
    rate: null,
    convertedMinor: n === 3 ? null : 14_000,
    isCounted: n !== 3,
    note: "Six episodes",
  }));
  return [...entered, ...computed];
}
