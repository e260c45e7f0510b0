import type { ChannelRow, DayRow, Kpis, MissingBase, Ratio } from "#contract/analytics.ts";
import { listDays, toMs } from "#frontend/format/day.ts";

/** Where traffic of the made-up shop comes from; those with an id are campaigns. */
export type Bucket = {
  id: string | null;
  name: string;
  channel: string;
  /** About how many visitors a day. */
  size: number;
  cvr: number;
  spendADay: number | null;
  impressions: number;
};

export const BUCKETS: readonly Bucket[] = [
  {
    id: "cmp_autumn",
    name: "Autumn sale",
    channel: "paid-social",
    size: 310,
    cvr: 0.031,
    spendADay: 28_000,
    impressions: 21_000,
  },
  {
    id: "cmp_brand",
    name: "Brand search",
    channel: "paid-search",
    size: 220,
    cvr: 0.052,
    spendADay: 16_500,
    impressions: 3_900,
  },
  {
    id: "cmp_letter",
    name: "Weekly letter",
    channel: "email",
    size: 140,
    cvr: 0.061,
    spendADay: 1_900,
    impressions: 0,
  },
  {
    id: "cmp_nord",
    name: "Nordic Table podcast",
    channel: "podcast",
    size: 64,
    cvr: 0.044,
    spendADay: 14_000,
    impressions: 0,
  },
  {
    id: "cmp_lena",
    name: "Lena cooks",
    channel: "influencer",
    size: 92,
    cvr: 0.022,
    spendADay: 9_000,
    impressions: 6_400,
  },
  {
    id: "cmp_partner",
    name: "Partner newsletter",
    channel: "affiliates",
    size: 38,
    cvr: 0.036,
    spendADay: null,
    impressions: 0,
  },
  { id: null, name: "", channel: "organic-search", size: 260, cvr: 0.024, spendADay: null, impressions: 0 },
  { id: null, name: "", channel: "direct", size: 180, cvr: 0.027, spendADay: null, impressions: 0 },
  { id: null, name: "", channel: "referral", size: 44, cvr: 0.012, spendADay: null, impressions: 0 },
];

/** A campaign of the fixtures by its id. */
export function campaignName(id: string): string {
  return BUCKETS.find((bucket) => bucket.id === id)?.name ?? "";
}

type Sums = Omit<DayRow, "day">;

const NOTHING: Sums = {
  impressions: 0,
  clicks: 0,
  pageviews: 0,
  sessions: 0,
  visitors: 0,
  conversions: 0,
  revenueMinor: 0,
  isRevenueForeign: false,
  spendMinor: null,
};

/** A repeatable number in [0, 1) for any text. */
export function dice(text: string): number {
  let hash = 2_166_136_261;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16_777_619);
  hash = Math.imul(hash ^ (hash >>> 15), 2_246_822_507);
  return ((hash ^ (hash >>> 13)) >>> 0) / 4_294_967_296;
}

/** One bucket on one day. Weekends are quieter, and there is a slow rise, so that charts look like charts. */
export function bucketDay(bucket: Bucket, day: string): DayRow {
  const key = `${bucket.channel}${bucket.name}${day}`;
  const dayNumber = toMs(day) / 86_400_000;
  const week = [0.94, 1, 1.06, 1.1, 1.04, 0.82, 0.78][dayNumber % 7] ?? 1;
  const rise = 0.8 + 0.3 * Math.sin(dayNumber / 19) + ((dayNumber % 365) / 365) * 0.35;
  const visitors = Math.round(bucket.size * week * rise * (0.85 + 0.3 * dice(key)));
  const conversions = Math.round(visitors * bucket.cvr * (0.7 + 0.6 * dice(`${key}c`)));
  return {
    day,
    visitors,
    sessions: Math.round(visitors * 1.18),
    pageviews: Math.round(visitors * 3.4),
    clicks: bucket.id ? Math.round(visitors * 1.07) : 0,
    impressions: Math.round(bucket.impressions * week * rise),
    conversions,
    revenueMinor: conversions * Math.round(5_200 + 3_100 * dice(`${key}r`)),
    isRevenueForeign: false,
    spendMinor:
      bucket.spendADay === null ? null : Math.round(bucket.spendADay * (0.8 + 0.4 * dice(`${key}s`))),
  };
}

/** Sum of rows; spend stays null where no row has any. */
export function sumRows(rows: readonly Sums[]): Sums {
  return rows.reduce<Sums>(
    (sum, row) => ({
      impressions: sum.impressions + row.impressions,
      clicks: sum.clicks + row.clicks,
      pageviews: sum.pageviews + row.pageviews,
      sessions: sum.sessions + row.sessions,
      visitors: sum.visitors + row.visitors,
      conversions: sum.conversions + row.conversions,
      revenueMinor: sum.revenueMinor + row.revenueMinor,
      isRevenueForeign: sum.isRevenueForeign || row.isRevenueForeign,
      spendMinor: row.spendMinor === null ? sum.spendMinor : (sum.spendMinor ?? 0) + row.spendMinor,
    }),
    NOTHING,
  );
}

/** Days of some buckets, added up day by day. */
export function daysOf(buckets: readonly Bucket[], from: string, to: string): DayRow[] {
  return listDays(from, to).map((day) => ({
    ...sumRows(buckets.map((bucket) => bucketDay(bucket, day))),
    day,
  }));
}

/** The figures of a range; a ratio without a base says which. */
export function kpisOf(days: readonly DayRow[], extra: { conversions: number; revenueMinor: number }): Kpis {
  const sums = sumRows(days);
  const conversions = sums.conversions + extra.conversions;
  const revenueMinor = sums.revenueMinor + extra.revenueMinor;
  const spend = sums.spendMinor;
  return {
    ...sums,
    conversions,
    revenueMinor,
    refundMinor: 0,
    visitorsMargin: sums.visitors > 40_000 ? Math.round(sums.visitors * 0.008) : null,
    ctr: ratio(sums.clicks, sums.impressions, "no_impressions"),
    cvr: ratio(conversions, sums.visitors, "no_visitors"),
    cpa: spend === null ? missing("no_spend") : ratio(spend, conversions, "no_conversions"),
    aov: ratio(revenueMinor, conversions, "no_conversions"),
    roas: ratio(revenueMinor, spend, "no_spend"),
    roi: ratio(revenueMinor - (spend ?? 0), spend, "no_spend"),
    grossProfitMinor: Math.round(revenueMinor * MARGIN),
    ...marginRatios({ conversions, revenueMinor, spendMinor: spend }),
  };
}

/** Of every hundred earned forty are left. */
const MARGIN = 0.4;

export function marginRatios({
  conversions,
  revenueMinor,
  spendMinor,
}: Pick<Sums, "conversions" | "revenueMinor" | "spendMinor">) {
  const profit = Math.round(revenueMinor * MARGIN);
  return {
    roiWithMargin: ratio(profit - (spendMinor ?? 0), spendMinor, "no_spend"),
    breakEvenRoas: ratio(1, MARGIN, "no_margin"),
    breakEvenCpa: ratio(profit, conversions, "no_conversions"),
    paybackDays: spendMinor === null ? missing("no_spend") : { value: 3, reason: null },
  };
}

/** Rows by channel. */
export function channelsOf(buckets: readonly Bucket[], from: string, to: string): ChannelRow[] {
  return buckets.map((bucket) => {
    const { pageviews: _, spendMinor: __, ...sums } = sumRows(daysOf([bucket], from, to));
    return { channel: bucket.channel, ...sums };
  });
}

export function ratio(above: number, below: number | null, reason: MissingBase): Ratio {
  return below === null || below === 0 ? missing(reason) : { value: above / below, reason: null };
}

function missing(reason: MissingBase): Ratio {
  return { value: null, reason };
}
