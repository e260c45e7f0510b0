import type { GroupName } from "#contract/glass-box.ts";
import type { JourneyPaths, PathNode } from "#contract/journeys.ts";
import { ok, type Result } from "#core/result.ts";
import type { StepLink, StepNode } from "#db/queries/attribution/way-steps.ts";
import type { WaysTotal } from "#db/queries/attribution/ways.ts";
import type { AnalyticsFailure } from "#usecases/analytics/analytics-input.ts";
import type { AttributionInput } from "./attribution-question.ts";
import { loadGroupNames, OTHER, type NameGroup } from "./group-names.ts";
import { wantedSteps, type StepsShape } from "./journey-facts.ts";
import { knownFacts } from "./keep-facts.ts";
import type { AttributionDeps } from "./known-credit.ts";
import { RETRY_AFTER_MS } from "./patience.ts";

export type JourneyPathsInput = AttributionInput & StepsShape;

/** The ways of a range, step by step, as what a Sankey diagram shows: the largest groups at each position and (other). */
export async function getJourneyPaths(
  deps: AttributionDeps,
  { positions, top, align, ...input }: JourneyPathsInput,
): Promise<Result<JourneyPaths, AnalyticsFailure>> {
  const { site, by, from, to } = input;
  const steps = { positions, top, align };
  const wanted = wantedSteps(site.siteId, input, steps);
  const known = await knownFacts(deps, { input, wanted, steps });
  if (!known.ok) return known;
  const { basis, facts } = known.value;
  const head = { siteId: site.publicId, by, range: { from, to }, basis };
  if (facts === null) return ok({ status: "computing", ...head, retryAfterMs: RETRY_AFTER_MS });
  const { nodes, links, total } = facts;
  const db = deps.databases.named(site.database);
  const keys = nodes.map(({ key }) => key);
  const nameGroup = await loadGroupNames(db, { siteId: site.siteId, by, keys });
  return ok({
    status: "ready",
    ...head,
    ...steps,
    totals: showTotal(total),
    nodes: nodes.map((node) => showNode(node, nameGroup)),
    links: showLinks(links, { nodes, align }),
  });
}

function showTotal({ n, minor, nulls, unattributed }: WaysTotal) {
  return {
    conversions: n,
    revenueMinor: minor,
    unattributed: { conversions: unattributed.n, revenueMinor: unattributed.minor },
    nullJourneys: nulls,
  };
}

function showNode({ minor, isOther, key, ...node }: StepNode, nameGroup: NameGroup): PathNode {
  const name: GroupName = isOther ? OTHER : nameGroup(key);
  return { ...node, ...name, revenueMinor: minor };
}

type Ends = { nodes: readonly StepNode[]; align: StepsShape["align"] };

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
