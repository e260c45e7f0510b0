import type { DayCredit } from "#core/attribution/credit.ts";
import { groupRows } from "#core/lists/group-rows.ts";
import type { TrafficDay } from "#db/queries/analytics/load-analytics.ts";
import type { Margins, RangeFacts } from "./figures.ts";
import type { GroupTraffic, RangeTraffic } from "./united-traffic.ts";

/** A range of one of several sites; all of them are in one currency. */
export type RangeOfSite = { siteId: number; facts: RangeFacts };

/**
 * A range of several sites as one: what adds up is added up, and a day is each site's own. Visitors of two sites are two,
 * whoever they were. Money is of the currency that the parts are in.
 */
export function uniteFacts(
  { from, to }: { from: string; to: string },
  parts: readonly RangeOfSite[],
): RangeFacts {
  const all = parts.map(({ facts }) => facts);
  return {
    from,
    to,
    traffic: uniteTraffic(all.map(({ traffic }) => traffic)),
    ...uniteCredit(parts),
    spend: all.flatMap(({ spend }) => spend),
    refundMinor: all.reduce((sum, { refundMinor }) => sum + (refundMinor ?? 0), 0),
  };
}

/**
 * What no campaign earned has its site's margin: it is kept apart as a campaign of its own, under the site's int with a
 * minus, which no campaign has. Where nothing was earned, the margin is the one that all sites have.
 */
function uniteCredit(parts: readonly RangeOfSite[]): { credit: DayCredit[]; margins: Margins } {
  const marginOf = new Map<number | null, number | null>();
  const credit: DayCredit[] = [];
  for (const { siteId, facts } of parts) {
    for (const row of facts.credit) {
      const campaignId = row.campaignId ?? -siteId;
      marginOf.set(campaignId, facts.margins.of(row.campaignId));
      credit.push({ ...row, campaignId });
    }
  }
  const [whole = null, ...others] = new Set(parts.map(({ facts }) => facts.margins.whole));
  return {
    credit,
    margins: {
      whole: others.length === 0 ? whole : null,
      of: (campaignId) => marginOf.get(campaignId) ?? null,
    },
  };
}

const NO_TRAFFIC = { impressions: 0, clicks: 0, pageviews: 0, sessions: 0, visitors: 0 };
type Counts = typeof NO_TRAFFIC;

function uniteTraffic(parts: readonly RangeTraffic[]): RangeTraffic {
  const days = groupRows(
    parts.flatMap((part) => part.days),
    ({ day }) => day,
  );
  return {
    days: [...days]
      .map(([day, rows]): TrafficDay => ({ day, ...sumCounts(rows) }))
      .toSorted((a, b) => (a.day < b.day ? -1 : 1)),
    whole: {
      ...sumCounts(parts.map(({ whole }) => whole)),
      visitorsMargin: sumMargins(parts.map(({ whole }) => whole.visitorsMargin)),
    },
  };
}

function sumCounts(rows: readonly Counts[]): Counts {
  const sum = (of: (row: Counts) => number) => rows.reduce((total, row) => total + of(row), 0);
  return {
    impressions: sum((row) => row.impressions),
    clicks: sum((row) => row.clicks),
    pageviews: sum((row) => row.pageviews),
    sessions: sum((row) => row.sessions),
    visitors: sum((row) => row.visitors),
  };
}

/** Of estimates that know nothing of each other variances add up: √Σ margin². Null where all are exact. */
function sumMargins(margins: readonly (number | null)[]): number | null {
  const known = margins.filter((margin) => margin !== null);
  return known.length === 0 ? null : Math.hypot(...known);
}

/** Groups of several sites, those of one name as one. */
export function uniteGroups(groups: readonly GroupTraffic[]): GroupTraffic[] {
  return [...groupRows(groups, ({ key }) => key)].map(([key, rows]) => {
    const { impressions, clicks, sessions, visitors } = sumCounts(
      rows.map((row) => ({ ...row, pageviews: 0 })),
    );
    return { key, impressions, clicks, sessions, visitors };
  });
}
