import type { WorkMessage } from "#contract/work-message.ts";
import { addRefusedCounts } from "#db/queries/ledger/refused-hours.ts";
import { eachApart } from "#usecases/each-apart.ts";
import type { Deps } from "#usecases/deps.ts";

type Report = Extract<WorkMessage, { kind: "count-refusals" }>;

/** Adds up what an isolate of collect refused, in the database of each site. A second time it adds nothing. */
export async function countRefusals(
  { databases }: Pick<Deps, "databases">,
  { reportId, atMs, counts }: Report,
): Promise<void> {
  await eachApart(databases.names(), async (name) => {
    const theirs = counts.filter(({ database }) => database === name);
    if (theirs.length === 0) return;
    await addRefusedCounts(databases.named(name), { reportId, at: new Date(atMs), counts: theirs });
  });
}
