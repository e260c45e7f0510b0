import type { Databases } from "#db/database.ts";
import { listFirstSteps } from "#db/queries/maintenance/list-first-steps.ts";
import { writeFirstSteps } from "#db/queries/maintenance/write-first-steps.ts";
import type { Clock } from "#platform/clock.ts";
import { eachApart } from "#usecases/each-apart.ts";

const LOOK_BACK_DAYS = 2;

/**
 * Notes when an account's users first saw an event and an attributed conversion (product.md §11). Facts and people may
 * live in two databases, so a cron carries the instants over; only an empty field is written, so twice is once.
 */
export async function recordFirstSteps(deps: { databases: Databases; clock: Clock }): Promise<void> {
  const since = new Date(deps.clock.now().getTime() - LOOK_BACK_DAYS * 86_400_000);
  await eachApart(deps.databases.names(), async (name) => {
    const steps = await listFirstSteps(deps.databases.named(name), since);
    if (steps.length > 0) await writeFirstSteps(deps.databases.named("main"), steps);
  });
}
