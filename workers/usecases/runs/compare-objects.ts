import type { Model } from "#core/attribution/models.ts";
import type { Database } from "#db/database.ts";
import type { Deps } from "#usecases/deps.ts";
import { compareDays } from "./compare-days.ts";
import { compareSpend } from "./compare-spend.ts";
import { newChangeLedger, type ChangeLedger, type RunPair } from "./run-pair.ts";
import { showChain, showChanges, type ShownChanges } from "./show-changes.ts";

/** What differs between two runs under one model, by reason, and the ledger it was summed from. */
export async function compareObjects(
  deps: { db: Database } & Pick<Deps, "reportStore">,
  { pair, model }: { pair: RunPair; model: Model },
): Promise<{ changes: ShownChanges; ledger: ChangeLedger }> {
  const ledger = newChangeLedger();
  compareSpend(pair, ledger);
  if (model === "markov") return { changes: showChain(pair, ledger), ledger };
  await compareDays(deps, { pair, model }, ledger);
  return { changes: showChanges(pair, model, ledger), ledger };
}
