import type {
  CreditedItem,
  CreditedJourneys,
  CreditedTouchpoint,
  Journey,
  TimelineTouchpoint,
} from "#contract/glass-box.ts";
import { RULE_MODELS } from "#core/attribution/models.ts";
import { splitByShares } from "#core/money/split-by-shares.ts";
import { readFigureAsked } from "#frontend/screens/attribution/figure-asked.ts";
import { attributionReady } from "./fixture-attribution.ts";
import { BUCKETS, dice } from "./fixture-figures.ts";
import type { Bucket } from "./fixture-figures.ts";
import type { FixtureState } from "./fixture-state.ts";

type Query = URLSearchParams;

const HOUR_MS = 3_600_000;
const ITEMS = 26;
const PAGE = 20;
/** Journeys are told back from here, so that two answers agree. */
const NOW_MS = Date.parse("2026-11-23T18:20:00.000Z");

/** `GET /sites/:id/attribution/journeys`: the items of all pages add up to the total. */
export function creditedJourneys(state: FixtureState, query: Query): CreditedJourneys {
  const { by, range, basis, rows, siteId } = attributionReady(state, query);
  const { model, kind, key } = readFigureAsked({
    ...Object.fromEntries(query),
    under: query.get("model") ?? "last",
  });
  const row = rows.find((candidate) => candidate.kind === kind && candidate.key === key);
  const group = { kind, key, name: row?.name ?? key ?? "" };
  const items = Array.from({ length: ITEMS }, (_, index) => item(index, key, model === "markov"));
  const isMarkov = model === "markov";
  const head = { total: isMarkov ? null : totalOf(items), chain: isMarkov ? chain() : null };
  return {
    siteId,
    model,
    by,
    group,
    range,
    basis,
    // Told with the first page only.
    ...(query.has("after") ? { total: null, chain: null } : head),
    ...pageOf(items, query),
  };
}

function pageOf(items: readonly CreditedItem[], query: Query): Pick<CreditedJourneys, "items" | "next"> {
  const start = Number(query.get("after") ?? 0);
  const end = start + Number(query.get("limit") ?? PAGE);
  return { items: items.slice(start, end), next: end < items.length ? String(end) : null };
}

function totalOf(items: readonly CreditedItem[]): CreditedJourneys["total"] {
  const total = { conversions: 0, revenueMinor: 0, items: items.length };
  for (const { credited } of items) {
    total.conversions += credited?.conversions ?? 0;
    total.revenueMinor += credited?.revenueMinor ?? 0;
  }
  return total;
}

function item(index: number, key: string | null, isMarkov: boolean): CreditedItem {
  const isRefund = index === 4;
  const convertedMs = NOW_MS - (isRefund ? 30 : index) * 7.3 * HOUR_MS;
  const valueMinor = isRefund ? -2_490 : 4_990 + Math.floor(dice(`value ${index}`) * 90) * 100;
  const touchpoints = touches(index, { convertedMs, valueMinor, key, isMarkov, isRefund });
  const own = touchpoints.filter(({ isOfGroup }) => isOfGroup);
  const credited = own.reduce(
    (sum, { credit }) => ({
      conversions: sum.conversions + (credit?.conversions ?? 0),
      revenueMinor: sum.revenueMinor + (credit?.revenueMinor ?? 0),
    }),
    { conversions: 0, revenueMinor: 0 },
  );
  return {
    kind: isRefund ? "refund" : "conversion",
    id: `cnv_${index}`,
    conversionId: `cnv_${index}`,
    at: iso(isRefund ? NOW_MS - 4 * HOUR_MS : convertedMs),
    convertedAt: iso(convertedMs),
    type: "purchase",
    orderId: `N-${10_480 - index}`,
    valueMinor,
    credited: isMarkov ? null : credited,
    touchpoints,
    leftOut: null,
  };
}

type Made = {
  convertedMs: number;
  valueMinor: number;
  key: string | null;
  isMarkov: boolean;
  isRefund: boolean;
};

/** One to five touches; the first of long journeys is too old, and a direct one does not count now and then. */
function touches(
  index: number,
  { convertedMs, valueMinor, key, isMarkov, isRefund }: Made,
): CreditedTouchpoint[] {
  const count = 1 + Math.floor(dice(`touches ${index}`) * 5);
  const outside = count > 3 ? 1 : 0;
  const counting = count - outside;
  const shares = {
    kind: "exact" as const,
    numerators: Array.from({ length: counting }, () => 1),
    denominator: counting,
  };
  const money = splitByShares(valueMinor, shares);
  const own = Math.max(outside, Math.floor(dice(`own ${index}`) * count));
  return Array.from({ length: count }, (_, at): CreditedTouchpoint => {
    const bucket = (at === own ? bucketOf(key) : undefined) ?? anyBucket(`bucket ${index} ${at}`);
    const days = (count - at) ** 2 * (0.4 + 0.5 * dice(`age ${index}`)) + (at < outside ? 24 : 0);
    const ageMs = Math.round(days * 24 * HOUR_MS);
    const place = at < outside ? null : at - outside + 1;
    const credit = { conversions: isRefund ? 0 : 1 / counting, revenueMinor: money[at - outside] ?? 0 };
    return {
      place,
      at: iso(convertedMs - ageMs),
      ageMs,
      kind: "visit",
      ...originOf(bucket),
      landingPage: "/sale/rye-bread",
      exclusion: place === null ? "outside_lookback" : null,
      credit: isMarkov || place === null ? null : credit,
      isOfGroup: at === own,
    };
  });
}

function bucketOf(key: string | null): Bucket | undefined {
  return BUCKETS.find(({ id, channel }) => id === key || channel === key);
}

function anyBucket(seed: string): Bucket | undefined {
  return BUCKETS[Math.floor(dice(seed) * BUCKETS.length)];
}

function originOf(
  bucket: Bucket | undefined,
): Pick<CreditedTouchpoint, "channel" | "campaign" | "source" | "group"> {
  const channel = (bucket?.channel ?? "direct") as CreditedTouchpoint["channel"];
  const source = channel === "direct" ? null : (channel.split("-").at(-1) ?? null);
  if (!bucket?.id) return { channel, source, campaign: null, group: { kind: "none", key: null, name: "" } };
  const { id, name } = bucket;
  return { channel, source, campaign: { id, name }, group: { kind: "group", key: id, name } };
}

function chain(): CreditedJourneys["chain"] {
  const group = (id: string, name: string) => ({ kind: "group" as const, key: id, name });
  return {
    removalEffect: 0.214,
    convertingJourneys: 388,
    nullJourneys: 2_140,
    from: [
      { group: null, count: 1_480, converting: 210 },
      { group: group("cmp_lena", "Lena cooks"), count: 320, converting: 64 },
      { group: group("cmp_nord", "Nordic Table podcast"), count: 180, converting: 38 },
      { group: { kind: "none", key: null, name: "" }, count: 96, converting: 14 },
    ],
    to: [
      { group: group("cmp_brand", "Brand search"), count: 510, converting: 188 },
      { group: group("cmp_letter", "Weekly letter"), count: 240, converting: 92 },
    ],
    endsConverting: 64,
    endsNull: 1_216,
  };
}

/** `GET /sites/:id/journeys/:conversionId`. */
export function journey(conversionId: string, query: Query): Journey | null {
  const index = Number(conversionId.replace("cnv_", ""));
  if (!conversionId.startsWith("cnv_") || Number.isNaN(index)) return null;
  const made = item(index, "cmp_autumn", false);
  const convertedAt = made.convertedAt ?? made.at;
  const valueMinor = Math.abs(made.valueMinor);
  const counting = made.touchpoints.filter(({ place }) => place !== null).length;
  return {
    siteId: "site_nord",
    by: (query.get("by") ?? "campaign") as Journey["by"],
    currency: "EUR",
    conversion: {
      id: conversionId,
      at: convertedAt,
      type: "purchase",
      orderId: made.orderId,
      valueMinor,
      currency: "EUR",
      isTest: false,
      promoCodes: index % 3 === 0 ? ["AUTUMN15"] : [],
      isUnattributed: false,
    },
    previousConversionAt: null,
    refunds:
      made.kind === "refund" ? [{ id: "rfd_1", at: made.at, takenMinor: valueMinor, leftMinor: 0 }] : [],
    devices: [
      { number: 1, device: "mobile", browser: "Safari", os: "iOS" },
      { number: 2, device: "desktop", browser: "Firefox", os: "Windows" },
    ],
    identified: [{ at: iso(Date.parse(convertedAt) - 2 * HOUR_MS), device: 2 }],
    touchpoints: made.touchpoints.map(({ credit, ...touch }): TimelineTouchpoint => ({
      ...touch,
      device: touch.place === null || touch.place === 1 ? 1 : 2,
      // A refund took money only; the shares are still those of the conversion.
      credits: credit
        ? Object.fromEntries(RULE_MODELS.map((model) => [model, { ...credit, conversions: 1 / counting }]))
        : {},
    })),
    visits: made.touchpoints.map(({ at }) => ({
      startedAt: iso(Date.parse(at) + 1_000),
      endedAt: iso(Date.parse(at) + 400_000),
      device: 1,
      pageviews: 3,
      events: 4,
      landingPage: "/sale/rye-bread",
      pages: ["/sale/rye-bread", "/rye-bread", "/cart"].map((page) => ({ at, page })),
    })),
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
