import type { ChainOfGroup } from "#contract/glass-box.ts";
import { resets } from "#core/attribution/options.ts";
import type { GroupOfCredit } from "#db/queries/attribution/credited-items.ts";
import { loadGroupSteps, type GroupStep } from "#db/queries/attribution/group-steps.ts";
import { getAttribution } from "./get-attribution.ts";
import type { CreditedJourneysInput } from "./get-credited-journeys.ts";
import type { JourneysLook } from "./journeys-look.ts";
import type { AttributionDeps } from "./known-credit.ts";
import { journeyQuestion } from "./attribution-parts.ts";
import { loadGroupNames, type NameGroup } from "./group-names.ts";

/** Where journeys came from and went to that are listed. */
const MOST_STEPS = 20;

/**
 * What the Markov credit of a group is made of; null for the unattributed, who are outside the chain, and for the rest,
 * which is many of its states at once.
 */
export async function loadChainOfGroup(
  deps: AttributionDeps,
  input: CreditedJourneysInput & { ofGroup: GroupOfCredit } & Pick<JourneysLook, "factors">,
): Promise<ChainOfGroup | null> {
  const { ofGroup } = input;
  return ofGroup.kind === "unattributed" || ofGroup.kind === "other"
    ? null
    : await chainOfKey(deps, input, ofGroup.kind === "group" ? ofGroup.key : null);
}

async function chainOfKey(
  deps: AttributionDeps,
  input: CreditedJourneysInput & Pick<JourneysLook, "factors">,
  key: string | null,
): Promise<ChainOfGroup> {
  const db = deps.databases.named(input.site.database);
  const { options, site } = input;
  const journey = journeyQuestion(site.siteId, input, resets("markov", options));
  const { factors } = input;
  const question = { ...journey, factors, nullJourneys: options.markov.nullJourneys };
  const { steps, journeys } = await loadGroupSteps(db, question, key);
  const keys = steps.map((step) => step.key);
  const nameGroup = await loadGroupNames(db, { siteId: site.siteId, by: input.by, keys });
  const ends = steps.find(({ direction, isEdge }) => direction === "to" && isEdge);
  return {
    removalEffect: await removalEffectOf(deps, input),
    convertingJourneys: journeys.converting,
    nullJourneys: journeys.nulls,
    from: transitions(steps, "from", nameGroup),
    to: transitions(steps, "to", nameGroup),
    endsConverting: ends?.converting ?? 0,
    endsNull: ends ? ends.count - ends.converting : 0,
  };
}

function transitions(
  steps: readonly GroupStep[],
  direction: GroupStep["direction"],
  nameGroup: NameGroup,
): ChainOfGroup["from"] {
  return steps
    .filter((step) => step.direction === direction && !(direction === "to" && step.isEdge))
    .slice(0, MOST_STEPS)
    .map(({ key, isEdge, count, converting }) => ({
      group: isEdge ? null : nameGroup(key),
      count,
      converting,
    }));
}

/** The workbench has it, worked out for all groups at once. */
async function removalEffectOf(deps: AttributionDeps, input: CreditedJourneysInput): Promise<number | null> {
  const answer = await getAttribution(deps, input);
  if (!answer.ok || answer.value.status !== "ready") return null;
  const { kind, key } = input.group;
  const row = answer.value.rows.find((one) => one.kind === kind && one.key === key);
  return row?.credits.markov?.removalEffect ?? null;
}
