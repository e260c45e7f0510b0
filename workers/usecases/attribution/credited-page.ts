import type { Database } from "#db/database.ts";
import {
  creditedItems,
  creditedTotal,
  pageDays,
  type CreditedItemRow,
  type CreditedItemsQuestion,
  type CreditedTotal,
} from "#db/queries/attribution/credited-items.ts";
import { journeyRows } from "#db/queries/attribution/journey-rows.ts";
import { pageOf, type PageKey } from "#usecases/page.ts";

/** Conversions that are looked through at once, and how often before a page is answered short: some 100 ms each. */
const WINDOW = 2_000;
const WINDOWS = 8;
/** Of no event: sorts after every id. */
const LAST_ID = "ffffffff-ffff-ffff-ffff-ffffffffffff";

export type CreditedPage = { rows: CreditedItemRow[]; next: PageKey | null };

/**
 * A page of what gave credit to a group. By time it walks back through the range, some days at once, and may stop with a short
 * page that says where to go on: a page costs the same however long the range is.
 */
export async function loadCreditedPage(db: Database, question: CreditedItemsQuestion): Promise<CreditedPage> {
  const { order, limit } = question;
  if (order === "value") {
    const rows = await journeyRows<CreditedItemRow>(db, creditedItems({ ...question, limit: limit + 1 }));
    return page(rows, limit, ({ minor, itemId }) => [Math.abs(minor), itemId]);
  }
  const walked = await walkBack(db, question);
  const { rows, next } = page(walked.rows, limit, ({ atMs, itemId }) => [atMs, itemId]);
  return { rows, next: next ?? walked.rest };
}

async function walkBack(
  db: Database,
  question: CreditedItemsQuestion,
): Promise<{ rows: CreditedItemRow[]; rest: PageKey | null }> {
  const found: CreditedItemRow[] = [];
  let { after } = question;
  for (let turn = 0; turn < WINDOWS; turn += 1) {
    // oxlint-disable-next-line no-await-in-loop -- where the next days begin is known only after these.
    const days = await pageDays(db, { ...question, window: WINDOW, beforeMs: after && after.amount + 1 });
    if (days === null) return { rows: found, rest: null };
    const limit = question.limit + 1 - found.length;
    const ofDays = creditedItems({ ...question, from: days.from, to: days.to, after, limit });
    // oxlint-disable-next-line no-await-in-loop
    found.push(...(await journeyRows<CreditedItemRow>(db, ofDays)));
    if (days.from === question.from) return { rows: found, rest: null };
    if (found.length > question.limit) break;
    after = { amount: days.startMs - 1, itemId: LAST_ID };
  }
  return { rows: found, rest: after && [after.amount, after.itemId] };
}

function page(
  rows: readonly CreditedItemRow[],
  limit: number,
  keyOf: (row: CreditedItemRow) => PageKey,
): CreditedPage {
  const { items, next } = pageOf(rows, limit, keyOf);
  return { rows: items, next };
}

/** What all pages add up to. */
export async function loadCreditedTotal(
  db: Database,
  question: CreditedItemsQuestion,
): Promise<{ items: number; conversions: number; revenueMinor: number } | null> {
  const [total] = await journeyRows<CreditedTotal>(db, creditedTotal(question));
  return total ? { items: total.items, conversions: total.conversions, revenueMinor: total.minor } : null;
}
