import type { AssistedRow, Journeys, JourneysReady, TopJourney } from "#contract/journeys.ts";
import {
  firstLastMatrix,
  lagBars,
  lengthBars,
  shortenWay,
  type ShapeSum,
} from "#core/attribution/journey-shape.ts";
import { ok, type Result } from "#core/result.ts";
import type { Sum, WayFacts } from "#db/queries/attribution/ways.ts";
import type { AnalyticsFailure } from "#usecases/analytics/analytics-input.ts";
import type { AttributionInput } from "./attribution-question.ts";
import { loadGroupNames, OTHER, type NameGroup } from "./group-names.ts";
import { wantedWays } from "./journey-facts.ts";
import { knownFacts } from "./keep-facts.ts";
import type { AttributionDeps } from "./known-credit.ts";
import { RETRY_AFTER_MS } from "./patience.ts";

const MOST_STEPS = 20;
const MATRIX_GROUPS = 12;

/**
 * What all journeys of a range look like: ways, lengths, lags, assists, first by last; or that a job is working it out.
 */
export async function getJourneys(
  deps: AttributionDeps,
  input: AttributionInput,
): Promise<Result<Journeys, AnalyticsFailure>> {
  const { site, by, from, to } = input;
  const wanted = wantedWays(site.siteId, input);
  const known = await knownFacts(deps, { input, wanted, steps: null });
  if (!known.ok) return known;
  const { basis, facts } = known.value;
  const head = { siteId: site.publicId, by, range: { from, to }, basis };
  if (facts === null) return ok({ status: "computing", ...head, retryAfterMs: RETRY_AFTER_MS });
  const db = deps.databases.named(site.database);
  const nameGroup = await loadGroupNames(db, { siteId: site.siteId, by, keys: keysOf(facts) });
  return ok({ status: "ready", ...head, ...showFacts(facts, nameGroup) });
}

function keysOf({ top, assists, matrix }: WayFacts): (string | null)[] {
  return [
    ...top.flatMap(({ path }) => path ?? []),
    ...assists.map(({ key }) => key),
    ...matrix.flatMap(({ first, last }) => [first, last]),
  ];
}

type Shown = Omit<JourneysReady, "status" | "siteId" | "by" | "range" | "basis">;

function showFacts(facts: WayFacts, nameGroup: NameGroup): Shown {
  const { total, top, medians } = facts;
  return {
    totals: { ...shape(total), unattributed: shape(total.unattributed), nullJourneys: total.nulls },
    top: top.map((way) => showWay(way, nameGroup)),
    otherWays: otherWays(facts),
    lengths: lengthBars(facts.lengths.map((row) => ({ ...row, ...shape(row) }))).map(plainBar),
    lagFromFirst: lagBars(facts.firstLags.map((row) => ({ ...row, ...shape(row) }))).map(plainBar),
    lagFromLast: lagBars(facts.lastLags.map((row) => ({ ...row, ...shape(row) }))).map(plainBar),
    medianLagFromFirstMs: medians.first,
    medianLagFromLastMs: medians.last,
    assisted: facts.assists.map((row) => showAssists(row, nameGroup)),
    matrix: showMatrix(facts, nameGroup),
  };
}

function shape({ n, minor }: Sum): ShapeSum {
  return { conversions: n, revenueMinor: minor };
}

function plainBar({
  min,
  max,
  conversions,
  revenueMinor,
}: Shown["lengths"][number]): Shown["lengths"][number] {
  return { min, max, conversions, revenueMinor };
}

function showWay(way: WayFacts["top"][number], nameGroup: NameGroup): TopJourney {
  const { path, isShortened } = shortenWay(way.path ?? [], MOST_STEPS);
  const journeys = way.n + way.nulls;
  return {
    path: path.map(nameGroup),
    isShortened,
    touchpoints: way.touches,
    ...shape(way),
    nullJourneys: way.nulls,
    conversionRate: journeys === 0 ? null : way.n / journeys,
  };
}

function otherWays({ total, top }: WayFacts): Shown["otherWays"] {
  const sum = (of: (way: WayFacts["top"][number]) => number) => top.reduce((all, way) => all + of(way), 0);
  return {
    ways: total.ways - top.length,
    conversions: total.n - sum(({ n }) => n),
    revenueMinor: total.minor - sum(({ minor }) => minor),
    nullJourneys: total.nulls - sum(({ nulls }) => nulls),
  };
}

function showAssists(row: WayFacts["assists"][number], nameGroup: NameGroup): AssistedRow {
  const [first, last, assists] = [row.first, row.last, row.assists].map(shape) as [
    ShapeSum,
    ShapeSum,
    ShapeSum,
  ];
  const assistRatio = last.conversions === 0 ? null : assists.conversions / last.conversions;
  return { ...nameGroup(row.key), first, last, assists, assistRatio };
}

function showMatrix({ matrix, total }: WayFacts, nameGroup: NameGroup): Shown["matrix"] {
  const attributed = {
    conversions: total.n - total.unattributed.n,
    revenueMinor: total.minor - total.unattributed.minor,
  };
  const cells = matrix.map(({ first, last, ...sum }) => ({ first, last, ...shape(sum) }));
  const {
    keys,
    hasOther,
    cells: placed,
  } = firstLastMatrix(cells, { most: MATRIX_GROUPS, total: attributed });
  return { groups: [...keys.map(nameGroup), ...(hasOther ? [OTHER] : [])], cells: placed };
}
