import type { Database } from "#db/database.ts";
import { eraseStep } from "#db/queries/visitors/erase-step.ts";
import type { Clock } from "#platform/clock.ts";
import { againWhenRolledBack } from "#usecases/again-when-rolled-back.ts";

/** Rows of each kind that one transaction takes. */
const ROWS_A_STEP = 1_000;

export type ErasureRun = { siteId: number; visitorId: string; steps: number };

/** Takes so many steps of an erasure, or fewer when it is finished before. Answers whether it is. */
export async function runErasure(
  deps: { db: Database; clock: Clock },
  { siteId, visitorId, steps }: ErasureRun,
): Promise<boolean> {
  for (let step = 0; step < steps; step += 1) {
    const question = { siteId, visitorId, at: deps.clock.now(), limit: ROWS_A_STEP };
    // Each step begins where the one before left off.
    // oxlint-disable-next-line no-await-in-loop
    if (await againWhenRolledBack(async () => await eraseStep(deps.db, question))) return true;
  }
  return false;
}
