import { claimDue, settleOrphans } from "#db/queries/deliveries/mark-built.ts";
import type { Deps } from "#usecases/deps.ts";
import { eachApart } from "#usecases/each-apart.ts";

/** The queue brings a message within seconds; what waits longer may have lost its own. */
const WAITED_MS = 15_000;
const DELIVERIES_A_RUN = 1_000;

/**
 * Asks again for mails that are due and wait all the same: their message was lost, or an attempt was broken off.
 * Harmless to what is under way, since each goes by its row. Mails of reports that came to nothing end here.
 */
export async function resumeDeliveries(
  deps: Pick<Deps, "databases" | "clock" | "workQueue">,
): Promise<{ asked: number }> {
  let asked = 0;
  await eachApart(deps.databases.names(), async (database) => {
    const db = deps.databases.named(database);
    await settleOrphans(db);
    const at = deps.clock.now();
    const before = new Date(at.getTime() - WAITED_MS);
    const due = await claimDue(db, { before, at, limit: DELIVERIES_A_RUN });
    await deps.workQueue.sendAll(
      due.map((deliveryId) => ({ v: 1, kind: "deliver-report", database, deliveryId })),
    );
    asked += due.length;
  });
  return { asked };
}
