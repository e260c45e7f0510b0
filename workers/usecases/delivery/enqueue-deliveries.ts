import { markDeliveriesBuilt } from "#db/queries/deliveries/mark-built.ts";
import type { Deps } from "#usecases/deps.ts";

/**
 * Asks for the mails of a report that is ready; `reportId`: its int. Harmless twice: a delivery goes by its row. What
 * the queue does not take is made up for by the minute's cron.
 */
export async function enqueueDeliveries(
  deps: Pick<Deps, "databases" | "clock" | "workQueue">,
  { database, reportId }: { database: string; reportId: number },
): Promise<void> {
  const db = deps.databases.named(database);
  const waiting = await markDeliveriesBuilt(db, { reportId, at: deps.clock.now() });
  await deps.workQueue.sendAll(
    waiting.map((deliveryId) => ({ v: 1, kind: "deliver-report", database, deliveryId })),
  );
}
