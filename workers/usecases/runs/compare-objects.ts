import type { Model } from "#core/attribution/models.ts";
import type { Database } from "#db/database.ts";
import type { Deps } from "#usecases/deps.ts";
import { compareDays } from "./compare-days.ts";
import { compareSpend } from "./compare-spend.ts";
import { newChangeLedger, type RunPair } from "./run-pair.ts";
import { showChain, showChanges, type ShownChanges } from "./show-changes.ts";

/** What differs between two runs under one model, by reason. */
export async function compareObjects(
  deps: { db: Database } & Pick<Deps, "reportStore">,
  { pair, model }: { pair: RunPair; model: Model },
): Promise<ShownChanges> {
  const ledger = newChangeLedger();
  compareSpend(pair, ledger);
  if (model === "markov") return showChain(pair, ledger);
  await compareDays(deps, { pair, model }, ledger);
  return showChanges(pair, model, ledger);
}
