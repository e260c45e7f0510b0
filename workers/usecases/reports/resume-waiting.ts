import { listWaiting } from "#db/queries/reports/list-waiting.ts";
import type { Deps } from "#usecases/deps.ts";
import { eachApart } from "#usecases/each-apart.ts";

const WAITED_MS = 30 * 60_000;
const ENTRIES_A_RUN = 500;

/**
 * Asks again for reports that still wait after half an hour: the queue may have lost their message or given it up.
 * Harmless to what is under way, since a build goes by its row. Mails that wait: `#usecases/delivery/resume-deliveries.ts`.
 */
export async function resumeWaiting(
  deps: Pick<Deps, "databases" | "clock" | "workQueue">,
): Promise<{ asked: number }> {
  const before = new Date(deps.clock.now().getTime() - WAITED_MS);
  let asked = 0;
  await eachApart(deps.databases.names(), async (database) => {
    const waiting = await listWaiting(deps.databases.named(database), before, ENTRIES_A_RUN);
    for (const reportId of waiting) {
      await deps.workQueue.send({ v: 1, kind: "build-report", database, reportId });
    }
    asked += waiting.length;
  });
  return { asked };
}
