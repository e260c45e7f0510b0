import type { Deps } from "#usecases/deps.ts";
import type { AttributionQuestion } from "./attribution-question.ts";
import { wantedSteps, wantedWays, type StepsShape } from "./journey-facts.ts";
import { loadJourneysLook } from "./journeys-look.ts";
import { computeFacts } from "./keep-facts.ts";

export type ComputeJourneysJob = {
  database: string;
  siteId: number;
  question: AttributionQuestion;
  steps: StepsShape | null;
};

const TIMEOUT_MS = 10 * 60_000;

/** Works out what somebody has asked about journeys and keeps it, for when they ask again. Coming twice it does the same twice. */
export async function computeJourneys(
  deps: Pick<Deps, "databases" | "clock">,
  { database, siteId, question, steps }: ComputeJourneysJob,
): Promise<void> {
  const work = { db: deps.databases.named(database), clock: deps.clock };
  const look = await loadJourneysLook(work.db, { siteId, now: deps.clock.now(), question });
  if (look === null) return;
  const asked = { factors: look.factors, timeoutMs: TIMEOUT_MS };
  const computed =
    steps === null
      ? await computeFacts(work, wantedWays(siteId, question), asked)
      : await computeFacts(work, wantedSteps(siteId, question, steps), asked);
  if (!computed.ok && computed.error.kind === "too_long")
    throw new Error(`Cannot compute journeys of site ${siteId}: a statement took more than ten minutes`);
}
