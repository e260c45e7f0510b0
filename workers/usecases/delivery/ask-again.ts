import { afterCommit } from "#usecases/campaigns/after-commit.ts";
import type { Deps } from "#usecases/deps.ts";

/** No queue holds a message back for longer. */
const LONGEST_DELAY_SECONDS = 12 * 3_600;

export type AskAgain = { database: string; deliveryId: string; at: Date; now: Date };

/** Has the queue ask for a delivery when its row says it is time; what it does not take the minute's cron makes up for. */
export async function askAgain(
  deps: Pick<Deps, "workQueue" | "log">,
  { database, deliveryId, at, now }: AskAgain,
): Promise<void> {
  const seconds = Math.ceil(Math.max(0, at.getTime() - now.getTime()) / 1_000);
  await afterCommit(deps, "ask_for_delivery", () =>
    deps.workQueue.send(
      { v: 1, kind: "deliver-report", database, deliveryId },
      Math.min(LONGEST_DELAY_SECONDS, seconds),
    ),
  );
}
