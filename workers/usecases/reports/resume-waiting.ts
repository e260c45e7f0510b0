import { listWaiting } from "#db/queries/reports/list-waiting.ts";
import type { Deps } from "#usecases/deps.ts";
import { eachApart } from "#usecases/each-apart.ts";

const EVERY_MS = 10 * 60_000;
/** It runs every minute. */
const TURN_MS = 60_000;
const ENTRIES_A_RUN = 500;

/**
 * Asks again for reports that still wait, each once in ten minutes: whoever began one may have died before it told the
 * queue, and the queue may have lost its message or given it up. A turn that is missed is made up for by the next. Harmless to what is under way, since a build goes by its row. Mails that wait: `#usecases/delivery/resume-deliveries.ts`.
 */
export async function resumeWaiting(
  deps: Pick<Deps, "databases" | "clock" | "workQueue">,
): Promise<{ asked: number }> {
  const turn = { now: deps.clock.now(), everyMs: EVERY_MS, turnMs: TURN_MS, limit: ENTRIES_A_RUN };
  let asked = 0;
  await eachApart(deps.databases.names(), async (database) => {
    const waiting = await listWaiting(deps.databases.named(database), turn);
    for (const reportId of waiting) {
      await deps.workQueue.send({ v: 1, kind: "build-report", database, reportId });
    }
    asked += waiting.length;
  });
  return { asked };
}
