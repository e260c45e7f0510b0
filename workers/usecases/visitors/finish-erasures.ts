import { listWaitingErasures } from "#db/queries/visitors/request-erasure.ts";
import type { Deps } from "#usecases/deps.ts";
import { eachApart } from "#usecases/each-apart.ts";
import { runErasure } from "./run-erasure.ts";

const ERASURES_A_RUN = 20;
/** 20,000 events of each in a minute. */
const STEPS_A_RUN = 20;

/** Goes on with the erasures that a request could not finish, in every database. One that fails harms no other. */
export async function finishErasures(deps: Pick<Deps, "databases" | "clock">): Promise<{ finished: number }> {
  let finished = 0;
  await eachApart(deps.databases.names(), async (name) => {
    const db = deps.databases.named(name);
    await eachApart(await listWaitingErasures(db, ERASURES_A_RUN), async (erasure) => {
      const isDone = await runErasure({ db, clock: deps.clock }, { ...erasure, steps: STEPS_A_RUN });
      if (isDone) finished += 1;
    });
  });
  return { finished };
}
