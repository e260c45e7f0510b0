import type { Breakdown, BreakdownRow } from "#contract/breakdown.ts";
import { OTHER_VALUE } from "#core/rollup/dimensions.ts";
import { countDays } from "#frontend/format/day.ts";
import { BUCKETS } from "./fixture-figures.ts";
import { SITE_ID } from "./fixture-answers.ts";

/** Values of the made-up shop, the largest first; '' is none. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  channel: BUCKETS.map(({ channel }) => channel),
  campaign: [...BUCKETS.flatMap(({ id }) => id ?? []), ""],
  utm_source: [
    "google",
    "instagram",
    "",
    "weekly-letter",
    "nordic-table",
    "lena",
    "partner-news",
    "tiktok",
    "bing",
    "x",
    "pinterest",
    "reddit",
  ],
  utm_medium: ["cpc", "social", "", "email", "podcast", "affiliate"],
  utm_content: ["", "hero-video", "story-2", "header", "footer-link"],
  utm_term: ["", "cast iron pan", "nord kitchen", "knife set", "pan for induction"],
  landing_page: [
    "nordkitchen.example/",
    "nordkitchen.example/products/cast-iron-pan-28-cm-with-lid-and-wooden-handle",
    "nordkitchen.example/sale",
    "nordkitchen.example/products/chef-knife",
    "nordkitchen.example/recipes/one-pan-salmon",
    OTHER_VALUE,
  ],
  country: ["DE", "AT", "CH", "DK", "SE", "NL", "FR", ""],
  device: ["mobile", "desktop", "tablet"],
  browser: ["Safari", "Chrome", "Firefox", "Edge", "Samsung Internet"],
  os: ["iOS", "Android", "Windows", "macOS", "Linux"],
};
const VISITORS_A_DAY = 1_300;

/** `GET /sites/:id/breakdown`. */
export function breakdown(query: URLSearchParams): Breakdown {
  const dimension = query.get("dimension") ?? "country";
  const limit = Number(query.get("limit") ?? 50);
  const [from, to] = [query.get("from") ?? "2026-11-01", query.get("to") ?? "2026-11-30"];
  const narrowed = query.has("campaign") || query.has("channel") ? 0.2 : 1;
  const whole = VISITORS_A_DAY * countDays(from, to) * narrowed;
  const values = VALUES[dimension] ?? [];
  const weights = values.map((_, index) => 1 / (index + 1.4));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const items = values.map((value, index) => rowOf(value, (whole * (weights[index] ?? 0)) / sum));
  const add = (pick: (row: BreakdownRow) => number) => items.reduce((total, row) => total + pick(row), 0);
  return {
    siteId: SITE_ID,
    dimension,
    range: { from, to },
    currency: "EUR",
    asOf: new Date().toISOString(),
    items: items.slice(0, limit),
    next: items.length > limit ? "next" : null,
    total: {
      impressions: 0,
      clicks: add((row) => row.clicks),
      pageviews: add((row) => row.pageviews),
      sessions: add((row) => row.sessions),
      visitors: Math.round(whole * 0.86),
      visitorsMargin: whole > 1_000 ? Math.round(whole * 0.0069) : null,
      conversions: add((row) => row.conversions),
      revenueMinor: add((row) => row.revenueMinor),
      refundMinor: 0,
    },
  };
}

function rowOf(value: string, size: number): BreakdownRow {
  const visitors = Math.round(size);
  const sessions = Math.round(size * 1.18);
  const conversions = Math.round(size * (0.02 + ((value.length * 7) % 5) / 100));
  return {
    kind: value === "" ? "none" : value === OTHER_VALUE ? "other" : "value",
    value: value === "" || value === OTHER_VALUE ? null : value,
    label: BUCKETS.find(({ id }) => id === value)?.name ?? value,
    impressions: 0,
    clicks: Math.round(size * 0.3),
    pageviews: Math.round(sessions * (2 + (value.length % 4) / 2)),
    sessions,
    visitors,
    visitorsMargin: visitors > 1_000 ? Math.round(visitors * 0.0319) : null,
    conversions,
    revenueMinor: conversions * (5_400 + value.length * 130),
    refundMinor: 0,
  };
}
