import type { LedgerRow, SpendLedger } from "#contract/spend.ts";
import type { RateTable } from "#core/money/exchange-rate.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { listCampaignNames, type CampaignName } from "#db/queries/campaigns/find-campaign.ts";
import { isRange } from "#usecases/analytics/load-ranges.ts";
import type { Deps } from "#usecases/deps.ts";
import { pageOf, type PageKey } from "#usecases/page.ts";
import type { SiteRef } from "#usecases/sites/site-ref.ts";
import { settleEntries, spendLedger, type Ledger, type LedgerEntry } from "./spend-ledger.ts";

const PAGE_SIZE = 200;

export type LedgerKey = { day: string; campaignId: string; source: string };
export type SpendLedgerInput = {
  site: SiteRef;
  from: string;
  to: string;
  /** Public id of the one campaign that is asked for. */
  campaign: string | null;
  after: LedgerKey | null;
  limit: number | undefined;
};

/** `next` is the key of the page's last row. */
export type LedgerPage = Omit<SpendLedger, "next"> & { next: PageKey | null };

/** The ledger of spend of a range, newest day first: every row with its source, its rate, and whether it counts. */
export async function getSpendLedger(
  deps: Pick<Deps, "databases" | "clock">,
  input: SpendLedgerInput,
): Promise<Result<LedgerPage, { kind: "invalid_range" } | { kind: "not_found" }>> {
  if (!isRange(input)) return fail({ kind: "invalid_range" });
  const { site, from, to, campaign, after, limit = PAGE_SIZE } = input;
  const { siteId, timeZone } = site;
  const db = deps.databases.named(site.database);
  const names = await listCampaignNames(db, siteId);
  const asked = names.find(({ publicId }) => publicId === campaign);
  if (campaign !== null && asked === undefined) return fail({ kind: "not_found" });

  const ledger = await spendLedger(db, { siteId, timeZone, from, to, now: deps.clock.now() });
  const rows = ledgerRows(ledger, { names, site }).filter(
    ({ campaignId }) => (campaign ?? campaignId) === campaignId,
  );
  const left = after === null ? rows : rows.filter((row) => compareKeys(keyOf(row), after) > 0);
  const page = pageOf(left, limit, (row) => [row.day, row.campaignId, row.source]);
  return ok({
    siteId: site.publicId,
    currency: site.currency,
    range: { from, to },
    ...page,
    total: totalOf(rows, site.currency),
    currencies: currenciesOf(rows, { rates: ledger.rates, site, to }),
  });
}

type Names = { names: readonly CampaignName[]; site: SiteRef };

function ledgerRows(ledger: Ledger, { names, site }: Names): LedgerRow[] {
  const settled = settleEntries(ledger, site.currency);
  const nameOf = new Map(names.map((name) => [name.id, name]));
  const rows = ledger.entries.flatMap((entry) => {
    const campaign = nameOf.get(entry.campaignId);
    return campaign
      ? [ledgerRow(entry, { campaign, site, rates: ledger.rates, settled: settled.get(entry) })]
      : [];
  });
  return rows.toSorted((a, b) => compareKeys(keyOf(a), keyOf(b)));
}

type RowFacts = {
  campaign: CampaignName;
  site: SiteRef;
  rates: RateTable;
  settled: LedgerEntry | undefined;
};

function ledgerRow(entry: LedgerEntry, { campaign, site, rates, settled }: RowFacts): LedgerRow {
  const { day, source, note, deal, isCounted, currency, amountMinor } = entry;
  return {
    campaignId: campaign.publicId,
    campaign: campaign.name,
    day,
    source,
    deal: deal && { id: deal.publicId, kind: deal.kind },
    amount: { minor: amountMinor, currency },
    rate: currency === site.currency ? null : rateOf(rates, { from: currency, to: site.currency, day }),
    convertedMinor: settled?.currency === site.currency ? settled.amountMinor : null,
    isCounted,
    note,
  };
}

type Pair = { from: string; to: string; day: string };

/** What one unit is worth, to be read and not to be reckoned with; of the older of the two days it is made of. */
function rateOf(rates: RateTable, { from, to, day }: Pair): LedgerRow["rate"] {
  const [a, b] = [rates.on(from, day), rates.on(to, day)];
  if (a === null || b === null) return null;
  const [older] = [a, b].toSorted((x, y) => (x.day < y.day ? -1 : 1));
  const source = from === "EUR" ? b.source : a.source;
  return { value: Number(b.rate) / Number(a.rate), day: older?.day ?? day, source };
}

function totalOf(rows: readonly LedgerRow[], currency: string): SpendLedger["total"] {
  const counted = rows.filter(({ isCounted }) => isCounted);
  const missing = new Map<string, number>();
  let spendMinor = 0;
  for (const { convertedMinor, amount } of counted) {
    if (convertedMinor === null)
      missing.set(amount.currency, (missing.get(amount.currency) ?? 0) + amount.minor);
    else spendMinor += convertedMinor;
  }
  return {
    spendMinor: counted.length === 0 || missing.size > 0 ? null : spendMinor,
    rows: rows.length,
    withoutRate: [...missing]
      .map(([code, minor]) => ({ currency: code, minor }))
      .filter((sum) => sum.currency !== currency),
  };
}

type Rated = { rates: RateTable; site: SiteRef; to: string };

function currenciesOf(rows: readonly LedgerRow[], { rates, site, to }: Rated): SpendLedger["currencies"] {
  const codes = new Set(rows.map(({ amount }) => amount.currency).filter((code) => code !== site.currency));
  return [...codes]
    .toSorted()
    .map((currency) => ({ currency, rate: rateOf(rates, { from: currency, to: site.currency, day: to }) }));
}

function keyOf({ day, campaignId, source }: LedgerRow): LedgerKey {
  return { day, campaignId, source };
}

/** Newest day first, then by campaign and source. */
function compareKeys(a: LedgerKey, b: LedgerKey): number {
  if (a.day !== b.day) return a.day > b.day ? -1 : 1;
  if (a.campaignId !== b.campaignId) return a.campaignId < b.campaignId ? -1 : 1;
  return a.source === b.source ? 0 : a.source < b.source ? -1 : 1;
}
