import type { JourneyPaths, PathNode, PlaceName } from "#contract/journeys.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { Database } from "#db/database.ts";
import {
  wayLinks,
  wayNodes,
  type StepLink,
  type StepNode,
  type WayStepsQuestion,
} from "#db/queries/attribution/way-steps.ts";
import { waysTotal, type WaysTotal } from "#db/queries/attribution/ways.ts";
import type { AnalyticsFailure } from "#usecases/analytics/analytics-input.ts";
import { isRange } from "#usecases/analytics/load-ranges.ts";
import { waysQuestion, type JourneysInput } from "./get-journeys.ts";
import type { AttributionDeps } from "./get-attribution.ts";
import { loadGroupNames, type NameGroup } from "./group-names.ts";
import { loadJourneysBasis } from "./journeys-basis.ts";

export type JourneyPathsInput = JourneysInput & Pick<WayStepsQuestion, "positions" | "top" | "align">;

/** The ways of a range, step by step, as what a Sankey diagram shows: the largest groups at each position and (other). */
export async function getJourneyPaths(
  deps: AttributionDeps,
  input: JourneyPathsInput,
): Promise<Result<JourneyPaths, AnalyticsFailure>> {
  if (!isRange(input)) return fail({ kind: "invalid_range" });
  const { site, by, positions, top, align } = input;
  const { siteId } = site;
  const db = deps.databases.named(site.database);
  const basis = await loadJourneysBasis(db, { siteId, now: deps.clock.now(), question: input });
  if (!basis) return fail({ kind: "not_found" });
  const { nodes, links, total } = await loadSteps(db, { ...waysQuestion(input), positions, top, align });
  const nameGroup = await loadGroupNames(db, { siteId, by, keys: nodes.map(({ key }) => key) });
  return ok({
    status: "ready",
    siteId: site.publicId,
    by,
    range: { from: input.from, to: input.to },
    basis,
    positions,
    top,
    align,
    totals: {
      conversions: total.n,
      revenueMinor: total.minor,
      unattributed: { conversions: total.unattributed.n, revenueMinor: total.unattributed.minor },
      nullJourneys: total.nulls,
    },
    nodes: nodes.map((node) => showNode(node, nameGroup)),
    links: showLinks(links, { nodes, align }),
  });
}

async function loadSteps(db: Database, question: WayStepsQuestion) {
  const [nodes, links, total] = await db.batch([
    db.execute<StepNode>(wayNodes(question)),
    db.execute<StepLink>(wayLinks(question)),
    db.execute<{ total: WaysTotal }>(waysTotal(question)),
  ]);
  const [row] = total.rows;
  if (!row) throw new Error("The ways came without their total");
  return { nodes: nodes.rows, links: links.rows, total: row.total };
}

function showNode({ minor, isOther, key, ...node }: StepNode, nameGroup: NameGroup): PathNode {
  const name: PlaceName = isOther ? { kind: "other", key: null, name: "(other)" } : nameGroup(key);
  return { ...node, ...name, revenueMinor: minor };
}

type Ends = { nodes: readonly StepNode[]; align: WayStepsQuestion["align"] };

/** By place in `nodes`, from the earlier step to the later one. */
function showLinks(links: readonly StepLink[], { nodes, align }: Ends) {
  const places = new Map(
    nodes.map((node, place) => [placeKey(node.position, node.isOther, node.key), place]),
  );
  return links.flatMap(({ position, isOther, key, toOther, toKey, journeys, converting }) => {
    const here = places.get(placeKey(position, isOther, key));
    const next = places.get(placeKey(position + 1, toOther, toKey));
    if (here === undefined || next === undefined) return [];
    const [from, to] = align === "start" ? [here, next] : [next, here];
    return [{ from, to, journeys, converting }];
  });
}

function placeKey(position: number, isOther: boolean, key: string | null): string {
  return JSON.stringify([position, isOther, key]);
}
