import { sql, type SQL } from "drizzle-orm";

import type { DayCredit } from "#core/attribution/credit.ts";
import type { Database } from "#db/database.ts";

export type CreditDaysQuestion = {
  siteId: number;
  from: string;
  to: string;
  lookbackDays: number;
  direct: "keep" | "exclude_unless_only";
};

/** One day of a range: the version its credit must have now, and its credit where that is kept. */
export type CreditDay = {
  day: string;
  /** Null while sources wait to be matched again: credit of that moment is not worth keeping. */
  version: string | null;
  credit: DayCredit[] | null;
};

export type RawCreditDay = { day: string; version: string | null; credit: PackedCredit[] | null };

/** A row of credit without its day, in this order: ninety days of a large site are read at once. */
type PackedCredit = [
  currency: string,
  isUnattributed: boolean,
  campaignId: number | null,
  channel: string | null,
  ...firstLastLinear: [number, number, number, number, number, number],
];

/**
 * Every day of a range with the credit that was kept for it, where it still holds. A day's version is the sum of the
 * versions of the days from `day − lookback` to `day`, each of which only ever grows, so that any change moves it; and
 * that of the matchers, and the zone that says what a day is (decisions 22, 24).
 */
export function creditDays({ siteId, from, to, lookbackDays, direct }: CreditDaysQuestion): SQL {
  return sql`
    with vector as (
      select d.day::date as day,
        sum(coalesce(v.version, 0)) over (order by d.day rows between ${sql.raw(String(lookbackDays))} preceding and current row) as version
      from generate_series(${from}::date - ${lookbackDays}::int, ${to}::date, interval '1 day') as d (day)
      left join site.data_versions v on v.site_id = ${siteId} and v.day = d.day::date
        and v.day between ${from}::date - ${lookbackDays}::int and ${to}::date
    ),
    wanted as (
      select x.day, case when exists (
          select from site.sources s where s.site_id = t.id and s.matcher_version < t.matcher_version) then null
        else x.version || '/m' || t.matcher_version || '/' || t.time_zone end as version
      from vector x join site.sites t on t.id = ${siteId}
      where x.day >= ${from}::date
    )
    select w.day::text as day, w.version, c.credit
    from wanted w
    left join site.credit_days c on c.site_id = ${siteId} and c.lookback_days = ${lookbackDays} and c.direct = ${direct}
      and c.day between ${from}::date and ${to}::date and c.day = w.day and c.version = w.version
    order by 1`;
}

export function readCreditDays(rows: readonly RawCreditDay[]): CreditDay[] {
  return rows.map(({ day, version, credit }) => ({
    day,
    version,
    credit: credit && credit.map((packed) => unpack(day, packed)),
  }));
}

/** `creditDays` by itself. */
export async function loadCreditDays(db: Database, question: CreditDaysQuestion): Promise<CreditDay[]> {
  return readCreditDays((await db.execute<RawCreditDay>(creditDays(question))).rows);
}

/** The last day of the site that is over; null for a site that is not there. */
export async function lastWholeDay(db: Database, siteId: number): Promise<string | null> {
  const { rows } = await db.execute<{ day: string }>(
    sql`select ((now() at time zone time_zone)::date - 1)::text as day from site.sites where id = ${siteId}`,
  );
  return rows[0]?.day ?? null;
}

/** Keeps the credit of some days at the versions that were read before the facts: never newer than what it is of. */
export function storeCreditDays(
  { siteId, lookbackDays, direct }: Pick<CreditDaysQuestion, "siteId" | "lookbackDays" | "direct">,
  days: readonly CreditDay[],
): SQL {
  const json = JSON.stringify(
    days.map(({ day, version, credit }) => ({ d: day, v: version, c: (credit ?? []).map(pack) })),
  );
  return sql`
    insert into site.credit_days (site_id, day, lookback_days, direct, version, credit)
    select ${siteId}::int, k.d, ${lookbackDays}::int, ${direct}, k.v, k.c
    from jsonb_to_recordset(${json}::jsonb) as k (d date, v text, c jsonb)
    where k.v is not null
    order by k.d
    on conflict (site_id, lookback_days, direct, day) do update set version = excluded.version, credit = excluded.credit`;
}

function pack(row: DayCredit): PackedCredit {
  return [
    row.currency,
    row.isUnattributed,
    row.campaignId,
    row.channel,
    row.firstConversions,
    row.firstRevenueMinor,
    row.lastConversions,
    row.lastRevenueMinor,
    row.linearConversions,
    row.linearRevenueMinor,
  ];
}

function unpack(
  day: string,
  [currency, isUnattributed, campaignId, channel, ...models]: PackedCredit,
): DayCredit {
  const [
    firstConversions,
    firstRevenueMinor,
    lastConversions,
    lastRevenueMinor,
    linearConversions,
    linearRevenueMinor,
  ] = models;
  return {
    day,
    currency,
    isUnattributed,
    campaignId,
    channel,
    firstConversions,
    firstRevenueMinor,
    lastConversions,
    lastRevenueMinor,
    linearConversions,
    linearRevenueMinor,
  };
}
