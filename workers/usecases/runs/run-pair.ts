import { ChangeSums } from "#core/attribution/runs/sum-changes.ts";
import type { RunObject } from "./run-object.ts";

/** Two runs of one site, the earlier one first, and what they were asked differently. */
export type RunPair = { siteId: number; before: RunObject; after: RunObject; changed: string[] };

/** A conversion or refund that differs; null: a row of spend. */
export type ChangedItem = { kind: "conversion" | "refund"; id: string; atMs: number } | null;

export type ChangeLedger = ChangeSums<ChangedItem>;

/** Of each reason. */
const MOST_EXAMPLES = 10;

export function newChangeLedger(): ChangeLedger {
  return new ChangeSums<ChangedItem>(MOST_EXAMPLES);
}

/** Whether a run was asked about a day of the site. */
export function asksFor({ question }: RunObject, day: string): boolean {
  return question.from <= day && day <= question.to;
}
