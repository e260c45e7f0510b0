import type { RunSpend } from "#core/attribution/runs/run-spend.ts";
import { asksFor, type ChangeLedger, type RunPair } from "./run-pair.ts";
import { rateKey } from "./rate-key.ts";
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

/** Rows of spend that are other ones in the site's currency, each with its difference. */
export function compareSpend(pair: RunPair, ledger: ChangeLedger): void {
  const { before, after } = pair;
  if (after.question.by !== "campaign") return;
  const [a, b] = [rowsOf(before), rowsOf(after)];
  for (const [key, row] of new Map([...a, ...b])) {
    const sides = { before: a.get(key), after: b.get(key) };
    const spendMinor = amountIn(after, sides.after) - amountIn(before, sides.before);
    if (spendMinor === 0) continue;
    const isShared = asksFor(before, row.day) && asksFor(after, row.day);
    const reason = isShared ? reasonOf(pair, sides) : "options";
    ledger.add(null, [{ reason, group: String(row.campaignId), spendMinor }]);
  }
}

type Sides = { before: RunSpend | undefined; after: RunSpend | undefined };

/** What was paid in its own currency has not changed where only the rate has. */
function reasonOf(pair: RunPair, { before, after }: Sides): "spend" | "rates" {
  if (!before || !after) return "spend";
  const { currency, amountMinor } = after.paid;
  const isSame = before.paid.currency === currency && before.paid.amountMinor === amountMinor;
  const [was, is] = [pair.before, pair.after].map((run) => rateKey(run, after.day)(currency));
  return isSame && was !== is ? "rates" : "spend";
}

/** Nothing where there was no rate: two currencies give no number. */
function amountIn({ site }: RunObject, row: RunSpend | undefined): number {
  return row?.currency === site.currency ? row.amountMinor : 0;
}

function rowsOf({ spend }: RunObject): Map<string, RunSpend> {
  return new Map(spend.map((row) => [JSON.stringify([row.day, row.campaignId, row.source]), row]));
}
