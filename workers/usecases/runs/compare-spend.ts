import type { RunSpend } from "#db/queries/runs/run-versions.ts";
import { asksFor, type ChangeLedger, type RunPair } from "./run-pair.ts";
import type { RunObject } from "./run-object.ts";

/** What a run's groups cost in the site's currency, by group; only campaigns have a spend of their own. */
export function spendByGroup({ spend, question, site }: RunObject): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  if (question.by !== "campaign") return sums;
  for (const { campaignId, currency, amountMinor } of spend) {
    if (currency !== site.currency) continue;
    const group = String(campaignId);
    sums.set(group, (sums.get(group) ?? 0) + amountMinor);
  }
  return sums;
}

/** Days of campaigns whose spend is another one, each with its difference. */
export function compareSpend({ before, after }: RunPair, ledger: ChangeLedger): void {
  if (after.question.by !== "campaign") return;
  const [a, b] = [rowsOf(before), rowsOf(after)];
  for (const [key, row] of new Map([...a, ...b])) {
    const spendMinor = amountOf(b.get(key)) - amountOf(a.get(key));
    if (spendMinor === 0) continue;
    const isShared = asksFor(before, row.day) && asksFor(after, row.day);
    ledger.add(null, [{ reason: isShared ? "spend" : "options", group: String(row.campaignId), spendMinor }]);
  }
}

function amountOf(row: RunSpend | undefined): number {
  return row?.amountMinor ?? 0;
}

function rowsOf({ spend, site }: RunObject): Map<string, RunSpend> {
  return new Map(
    spend
      .filter(({ currency }) => currency === site.currency)
      .map((row) => [`${row.day}/${row.campaignId}`, row]),
  );
}
