import type { DifferenceExample } from "#contract/runs.ts";
import type { Database } from "#db/database.ts";
import { conversionsOf } from "#db/queries/runs/conversions-of.ts";
import type { ChangeLedger } from "./run-pair.ts";

/** The single conversions and refunds that a difference is made of, each with the journey that can be looked at. */
export async function showExamples(
  db: Database,
  siteId: number,
  ledger: ChangeLedger,
): Promise<DifferenceExample[]> {
  const examples = ledger.examples().flatMap(({ of, ...change }) => (of === null ? [] : [{ ...change, of }]));
  const ids = examples.map(({ of }) => of.id);
  const conversions = await conversionsOf(db, siteId, ids);
  return examples.map(({ of, reason, conversions: count, revenueMinor }) => ({
    kind: of.kind,
    id: of.id,
    conversionId: conversions.get(of.id) ?? null,
    at: new Date(of.atMs).toISOString(),
    reason,
    conversions: count,
    revenueMinor,
  }));
}
