import type { Deal, DealRequest } from "#contract/deals.ts";
import type { PutRatesRequest } from "#contract/rates.ts";
import type { LedgerRow, PutSiteSpendRequest } from "#contract/spend.ts";
import { call, invalidate } from "./client.ts";
import { paths } from "./paths.ts";

/** Rows and rates a request, as the API takes them. */
const MAX_ROWS = 1_000;
const MAX_RATES = 5_000;

/** What spend changes: every figure of the site, and of each campaign. */
function afterSpend(siteId: string): void {
  invalidate(paths.site(siteId), "/campaigns/");
}

/** Writes rows of several campaigns, a thousand at a time; the same again changes nothing. */
export async function putSiteSpend(siteId: string, rows: PutSiteSpendRequest["rows"]): Promise<void> {
  try {
    for (let start = 0; start < rows.length; start += MAX_ROWS) {
      const body = { rows: rows.slice(start, start + MAX_ROWS) };
      // One after the other: a refused part is told before the next is sent.
      // oxlint-disable-next-line no-await-in-loop
      await call<unknown>({ method: "PUT", path: paths.siteSpend(siteId), body });
    }
  } finally {
    afterSpend(siteId);
  }
}

export async function deleteLedgerRow(siteId: string, row: LedgerRow): Promise<void> {
  const source = encodeURIComponent(row.source);
  const path = `${paths.spend(row.campaignId)}/${row.day}?source=${source}`;
  await call<void>({ method: "DELETE", path });
  afterSpend(siteId);
}

export type DealPlace = { siteId: string; campaignId: string; dealId: string | null };

/** Makes a deal, or writes one anew. */
export async function saveDeal({ siteId, campaignId, dealId }: DealPlace, body: DealRequest): Promise<void> {
  const path = paths.campaignDeals(campaignId);
  if (dealId === null) await call<Deal>({ method: "POST", path, body });
  else await call<Deal>({ method: "PUT", path: `${path}/${dealId}`, body });
  afterSpend(siteId);
}

export async function deleteDeal(siteId: string, deal: Deal): Promise<void> {
  await call<void>({ method: "DELETE", path: `${paths.campaignDeals(deal.campaignId)}/${deal.id}` });
  afterSpend(siteId);
}

/** Writes the account's own rates; answers how many are new or different. */
export async function putRates(siteId: string, rates: PutRatesRequest["rates"]): Promise<number> {
  let changed = 0;
  try {
    for (let start = 0; start < rates.length; start += MAX_RATES) {
      const body = { rates: rates.slice(start, start + MAX_RATES) };
      // oxlint-disable-next-line no-await-in-loop -- megabytes one after the other
      changed += (await call<{ changed: number }>({ method: "PUT", path: paths.rates, body })).changed;
    }
  } finally {
    afterSpend(siteId);
    invalidate(paths.rates);
  }
  return changed;
}
