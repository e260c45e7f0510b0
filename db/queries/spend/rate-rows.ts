import { sql, type SQL } from "drizzle-orm";

import { MAX_RATE_AGE_DAYS, type DailyRate, type StoredRate } from "#core/money/exchange-rate.ts";
import type { Database } from "#db/database.ts";

/** The account that stands for the installation: its rates are everybody's. */
export const SHARED_RATES = 0;

export type RatesQuestion = {
  siteId: number;
  from: string;
  to: string;
  /** That all is to be told in; absent: the site's. */
  currency?: string | null | undefined;
};

/**
 * Rates that the amounts of a site's closed range of days can need: of the currencies of its conversions, spend, deals
 * and budgets, and the one that all is to be told in; its account's own and the shared ones. Nothing where all is in the
 * site's currency.
 */
export function ratesInUse({ siteId, from, to, currency = null }: RatesQuestion): SQL {
  return sql`
    with used as materialized (
      select currency from site.sites where id = ${siteId}
      union
      select ${currency}::text where ${currency}::text is not null
      union
      select currency from site.spend where site_id = ${siteId} and day between ${from}::date and ${to}::date
      union
      select currency from site.deals where site_id = ${siteId} and starts_on <= ${to}::date
      union
      select currency from site.campaigns where site_id = ${siteId}
      union
      select currency from site.rollup_periods
      where site_id = ${siteId} and scope = 'site' and scope_key = '' and dimension = 'all' and span = 'day'
        and starts_on between ${from}::date and ${to}::date and currency <> ''
    )
    select r.currency, r.day::text as day, r.rate::text as rate, r.source, r.account_id <> ${SHARED_RATES} as is_own
    from site.rates r
    where r.account_id in (${SHARED_RATES}, (select account_id from site.sites where id = ${siteId}))
      and r.currency in (select currency from used)
      and r.day between ${from}::date - ${MAX_RATE_AGE_DAYS}::int and ${to}::date
      and (select count(*) from used) > 1`;
}

/** Currencies of a range's conversions and refunds, by the rollups of days. */
export function paidCurrencies(siteId: number, from: string, to: string): SQL {
  return sql`
    select distinct currency from site.rollup_periods
    where site_id = ${siteId} and scope = 'site' and scope_key = '' and dimension = 'all' and span = 'day'
      and starts_on between ${from}::date and ${to}::date and currency <> ''
    order by 1`;
}

export type RawRate = { currency: string; day: string; rate: string; source: string; is_own: boolean };

export function readRates(rows: readonly RawRate[]): StoredRate[] {
  return rows.map(({ is_own: isOwn, ...rate }) => ({ ...rate, isOwn }));
}

/** `ratesInUse` by itself. */
export async function loadRatesInUse(db: Database, question: RatesQuestion): Promise<StoredRate[]> {
  return readRates((await db.execute<RawRate>(ratesInUse(question))).rows);
}

export type RatesUpsert = {
  /** `SHARED_RATES` for those of the installation. */
  accountId: number;
  /** No two of the same currency and day. */
  rates: readonly DailyRate[];
  at: Date;
};

/**
 * Writes rates, each replacing that of its currency and day, and raises the versions of the months that changed.
 * Answers how many are new or different: the same file again changes nothing.
 */
export async function upsertRates(db: Database, { accountId, rates, at }: RatesUpsert): Promise<number> {
  const { rows } = await db.execute<{ changed: number }>(sql`
    with written as (
      insert into site.rates as kept (account_id, currency, day, rate, source, updated_at)
      select ${accountId}::int, r.currency, r.day, r.rate, r.source, ${at.toISOString()}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(rates)}::jsonb) as r (currency text, day date, rate numeric, source text)
      order by r.currency, r.day
      on conflict (account_id, currency, day) do update
        set rate = excluded.rate, source = excluded.source, updated_at = excluded.updated_at
        where kept.rate <> excluded.rate
      returning day
    ),
    raised as (
      insert into site.rate_versions as kept (account_id, month, version)
      select ${accountId}::int, month, 1 from (select distinct date_trunc('month', day)::date as month from written) m
      order by month
      on conflict (account_id, month) do update set version = kept.version + 1
    )
    select count(*)::int as changed from written`);
  return rows[0]?.changed ?? 0;
}

/** The day of the newest shared rate of a source; null when there is none. */
export async function newestSharedRate(db: Database, source: string): Promise<string | null> {
  const { rows } = await db.execute<{ day: string | null }>(sql`
    select max(day)::text as day from site.rates where account_id = ${SHARED_RATES} and source = ${source}`);
  return rows[0]?.day ?? null;
}

export type RatesPage = {
  accountId: number;
  /** Null: all. */
  currency: string | null;
  from: string;
  to: string;
  /** Day, currency and layer of the last row of the page before. */
  after: { day: string; currency: string; isOwn: boolean } | null;
  limit: number;
};

/** An account's own rates and the shared ones, newest day first. */
export async function listRates(db: Database, page: RatesPage): Promise<StoredRate[]> {
  const { accountId, currency, from, to, after, limit } = page;
  const beyond = after
    ? sql`(-(r.day - date '1970-01-01'), r.currency, (r.account_id <> ${SHARED_RATES})::int) >
        (-(${after.day}::date - date '1970-01-01'), ${after.currency}, ${after.isOwn ? 1 : 0}::int)`
    : sql`true`;
  const { rows } = await db.execute<RawRate>(sql`
    select r.currency, r.day::text as day, r.rate::text as rate, r.source, r.account_id <> ${SHARED_RATES} as is_own
    from site.rates r
    where r.account_id in (${SHARED_RATES}, ${accountId}) and r.day between ${from}::date and ${to}::date
      and (${currency}::text is null or r.currency = ${currency}) and ${beyond}
    order by -(r.day - date '1970-01-01'), r.currency, (r.account_id <> ${SHARED_RATES})::int
    limit ${limit}`);
  return readRates(rows);
}

/** Takes an account's own rate away, so that the shared one holds again; says whether there was one. */
export async function deleteRate(
  db: Database,
  { accountId, currency, day }: { accountId: number; currency: string; day: string },
): Promise<boolean> {
  const { rows } = await db.execute(sql`
    with gone as (
      delete from site.rates where account_id = ${accountId} and currency = ${currency} and day = ${day}::date returning day
    )
    update site.rate_versions set version = version + 1
    where account_id = ${accountId} and month = (select date_trunc('month', day)::date from gone)
    returning month`);
  return rows.length > 0;
}
