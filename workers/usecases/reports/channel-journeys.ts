import { shortenWay } from "#core/attribution/journey-shape.ts";
import type { DayFactor } from "#core/money/day-factors.ts";
import { lengthGroups, MOST_STEPS, TOP_WAYS } from "#core/report/journey-lengths.ts";
import type { ReportJourneys, ReportJourneyStep } from "#core/report/report-journeys.ts";
import type { Database } from "#db/database.ts";
import type { WayFacts } from "#db/queries/attribution/ways.ts";
import type { Clock } from "#platform/clock.ts";
import type { AttributionQuestion } from "#usecases/attribution/attribution-question.ts";
import { wantedWays } from "#usecases/attribution/journey-facts.ts";
import { computeFacts } from "#usecases/attribution/keep-facts.ts";

/** What a job has. */
const TIMEOUT_MS = 10 * 60_000;

export type ChannelJourneysAsked = {
  siteId: number;
  asked: AttributionQuestion;
  factors: readonly DayFactor[];
};

/** What all journeys of a site's range look like, by channel; null for a site that is not there any more. */
export async function channelJourneys(
  deps: { db: Database; clock: Clock },
  { siteId, asked, factors }: ChannelJourneysAsked,
): Promise<ReportJourneys | null> {
  const wanted = wantedWays(siteId, asked);
  const computed = await computeFacts(deps, wanted, { factors, timeoutMs: TIMEOUT_MS });
  if (computed.ok) return shownJourneys(computed.value.facts);
  if (computed.error.kind === "not_found") return null;
  throw new Error(`Cannot read the journeys of site ${siteId}: it took more than ten minutes`);
}

/** Ways of journeys that did not convert are left out: a report tells what led to its conversions. */
function shownJourneys({ total, top, lengths, medians }: WayFacts): ReportJourneys {
  const converting = top.filter(({ n, minor }) => n > 0 || minor !== 0).slice(0, TOP_WAYS);
  const sum = (of: (way: WayFacts["top"][number]) => number) =>
    converting.reduce((all, way) => all + of(way), 0);
  return {
    by: "channel",
    top: converting.map(({ path, n, minor }) => ({
      ...shortenWay((path ?? []).map(stepOf), MOST_STEPS),
      conversions: n,
      revenueMinor: minor,
    })),
    others: {
      ways: Math.max(0, total.ways - converting.length),
      conversions: total.n - sum(({ n }) => n),
      revenueMinor: total.minor - sum(({ minor }) => minor),
    },
    lengths: lengthGroups(lengths.map(({ touches, n }) => ({ touches, conversions: n }))),
    medianLagMs: medians.first,
    conversions: total.n,
  };
}

function stepOf(key: string | null): ReportJourneyStep {
  return key === null ? { kind: "none", key: "", name: "" } : { kind: "group", key, name: "" };
}
