import type { Ledger } from "#contract/sites.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { Databases } from "#db/database.ts";
import { ledgerHours, type LedgerHourRow } from "#db/queries/ledger/ledger-hours.ts";
import type { SiteRef } from "#usecases/sites/site-ref.ts";

export type LedgerInput = { site: Pick<SiteRef, "siteId" | "database">; from: string; to: string };
export type LedgerFailure = { kind: "invalid_range" };

const MAX_RANGE_MS = 93 * 86_400_000;

/** The ledger of [from, to): what became of every event, hour by hour, and whether it balances. */
export async function getLedger(
  deps: { databases: Databases },
  { site, from, to }: LedgerInput,
): Promise<Result<Ledger, LedgerFailure>> {
  const span = Date.parse(to) - Date.parse(from);
  if (!(span > 0 && span <= MAX_RANGE_MS)) return fail({ kind: "invalid_range" });
  const question = { siteId: site.siteId, fromIso: from, toIso: to };
  const rows = await ledgerHours(deps.databases.named(site.database), question);
  return ok({
    items: rows.map(hourOf),
    next: null,
    totals: {
      received: sum(rows, (row) => row.received),
      stored: sum(rows, (row) => row.stored),
      duplicate: sum(rows, (row) => row.duplicate),
      bot: sum(rows, (row) => row.bot),
      rejected: sum(rows, (row) => row.rejectedTotal),
      deadLettered: sum(rows, (row) => row.deadLettered),
    },
    isBalanced: rows.every(isBalanced),
  });
}

function hourOf({ hour, received, stored, duplicate, bot, rejected, deadLettered }: LedgerHourRow) {
  return { hour, received, stored, duplicate, bot, rejected, deadLettered };
}

/** received = stored + duplicate + bot + rejected + dead-lettered, and the reasons add up to the rejected. */
function isBalanced(row: LedgerHourRow): boolean {
  const reasons = Object.values(row.rejected).reduce((total, count) => total + count, 0);
  const fates = row.stored + row.duplicate + row.bot + row.rejectedTotal + row.deadLettered;
  return row.received === fates && reasons === row.rejectedTotal;
}

function sum(rows: readonly LedgerHourRow[], count: (row: LedgerHourRow) => number): number {
  return rows.reduce((total, row) => total + count(row), 0);
}
