import { listWaiting } from "#db/queries/reports/list-waiting.ts";
import type { Deps } from "#usecases/deps.ts";
import { eachApart } from "#usecases/each-apart.ts";

const WAITED_MS = 30 * 60_000;
const ENTRIES_A_RUN = 500;

/**
 * Asks again for reports and mails that still wait after half an hour: the queue may have lost their message or given
 * it up while the provider was away. Harmless to what is under way, since both go by their row. A mail that has waited
 * too long to be tried again is settled by this, and so nobody waits for ever.
 */
export async function resumeWaiting(
  deps: Pick<Deps, "databases" | "clock" | "workQueue">,
): Promise<{ asked: number }> {
  const before = new Date(deps.clock.now().getTime() - WAITED_MS);
  let asked = 0;
  await eachApart(deps.databases.names(), async (database) => {
    const waiting = await listWaiting(deps.databases.named(database), before, ENTRIES_A_RUN);
    for (const reportId of waiting.reportIds) {
      await deps.workQueue.send({ v: 1, kind: "build-report", database, reportId });
    }
    for (const deliveryId of waiting.deliveryIds) {
      await deps.workQueue.send({ v: 1, kind: "deliver-report", database, deliveryId });
    }
    asked += waiting.reportIds.length + waiting.deliveryIds.length;
  });
  return { asked };
}
