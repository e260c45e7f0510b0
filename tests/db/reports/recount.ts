import type { Client } from "pg";

export type Recounted = {
  conversions: number;
  revenueMinor: number;
  /** Some of it has no rate: it counts, and no amount is known of it. */
  isRevenueForeign: boolean;
  /** Null where nobody said, or where a part of it has no rate. */
  spendMinor: number | null;
  clicks: number;
  impressions: number;
  visitors: number;
};

type Asked = {
  siteIds: readonly number[];
  accountId: number;
  from: string;
  to: string;
  timeZone: string;
  currency: string;
};

/** Units of `$4` for one of a currency on a day, by whoever reads the table of rates. */
const RATES = `
  create or replace function pg_temp.factor(account int, of text, wanted text, on_day date) returns numeric language sql as $f$
    select case when of = wanted then 1::numeric else
      (select case when wanted = 'EUR' then 1 else (select rate from site.rates where account_id = account and currency = wanted
         and day between on_day - 7 and on_day order by day desc limit 1) end)
      / (select case when of = 'EUR' then 1 else (select rate from site.rates where account_id = account and currency = of
         and day between on_day - 7 and on_day order by day desc limit 1) end) end
  $f$`;

/** What sites earned and cost, from raw events and the rows of spend: no word of the product's own SQL. */
export async function recount(client: Client, asked: Asked): Promise<Recounted> {
  const { siteIds, accountId, from, to, timeZone, currency } = asked;
  await client.query(RATES);
  const money = await client.query<{ n: number; minor: string | null; foreign: boolean }>(
    `with sold as (
       select site_id, order_id, (occurred_at at time zone $4)::date as day, value_minor, currency from site.events
       where site_id = any($1) and type = 4
     ),
     lines as (
       select site_id, day, currency, 1 as n, value_minor as minor from sold
       union all
       select r.site_id, (r.occurred_at at time zone $4)::date, s.currency, 0, -coalesce(r.value_minor, s.value_minor)
       from site.events r join sold s on s.site_id = r.site_id and s.order_id = r.order_id where r.type = 6
     ),
     days as (
       select site_id, day, currency, sum(n) as n, sum(minor) as minor, pg_temp.factor($5, currency::text, $6, day) as factor
       from lines where day between $2 and $3 group by 1, 2, 3
     )
     select coalesce(sum(n), 0)::int as n, sum(round(minor * factor)) as minor,
       coalesce(bool_or(factor is null and (n > 0 or minor <> 0)), false) as foreign from days`,
    [siteIds, from, to, timeZone, accountId, currency],
  );
  const spent = await client.query<{ minor: string | null; unknown: number }>(
    `with days as (
       select site_id, day, currency, sum(amount_minor) as minor, pg_temp.factor($4, currency::text, $5, day) as factor
       from site.spend where site_id = any($1) and day between $2 and $3 group by 1, 2, 3
     )
     select sum(round(minor * factor)) as minor, count(*) filter (where factor is null)::int as unknown from days`,
    [siteIds, from, to, accountId, currency],
  );
  const seen = await client.query<{ clicks: number; impressions: number; visitors: number }>(
    `select count(*) filter (where type = 2)::int as clicks, count(*) filter (where type = 1)::int as impressions,
       count(distinct (site_id, visitor_id)) filter (where visitor_id is not null)::int as visitors
     from site.events where site_id = any($1) and (occurred_at at time zone $4)::date between $2 and $3`,
    [siteIds, from, to, timeZone],
  );
  const [[paid], [cost], [counted]] = [money.rows, spent.rows, seen.rows];
  if (!paid || !cost || !counted) throw new Error("The recount came without its sums");
  return {
    conversions: paid.n,
    revenueMinor: Number(paid.minor ?? 0),
    isRevenueForeign: paid.foreign,
    spendMinor: cost.minor === null || cost.unknown > 0 ? null : Number(cost.minor),
    ...counted,
  };
}

export type CampaignCredit = {
  campaignId: number | null;
  conversions: number;
  revenueMinor: number;
  isRevenueForeign: boolean;
};

/**
 * Last touch from raw events: orders in whatever currency, and money that came in `currency`, which is all where no other
 * has a rate; the latest page view of the visitor before the order, by
 * the campaign that its address names; null: in none, or no touch at all.
 */
export async function recountLastTouch(
  client: Client,
  { siteId, from, to, timeZone, currency }: Omit<Asked, "siteIds" | "accountId"> & { siteId: number },
): Promise<CampaignCredit[]> {
  const { rows } = await client.query<{
    campaign_id: number | null;
    n: number;
    minor: string | null;
    foreign: boolean;
  }>(
    `with sold as (
       select e.order_id, e.occurred_at, e.visitor_id, e.value_minor, e.currency, (
         select c.id from site.events p
         left join site.sources d on d.id = p.source_id
         left join site.campaigns c on c.site_id = p.site_id and lower(c.name) = lower(d.utm_campaign)
         where p.site_id = e.site_id and p.visitor_id = e.visitor_id and p.type = 3 and p.occurred_at <= e.occurred_at
           and p.occurred_at >= e.occurred_at - interval '30 days'
         order by p.occurred_at desc limit 1) as campaign_id
       from site.events e where e.site_id = $1 and e.type = 4
     ),
     lines as (
       select campaign_id, occurred_at, currency, 1 as n, value_minor as minor from sold
       union all
       select s.campaign_id, r.occurred_at, s.currency, 0, -coalesce(r.value_minor, s.value_minor)
       from site.events r join sold s on s.order_id = r.order_id where r.site_id = $1 and r.type = 6
     )
     select campaign_id, sum(n)::int as n, sum(minor) filter (where currency = $5) as minor,
       bool_or(currency <> $5) as foreign
     from lines
     where (occurred_at at time zone $4)::date between $2 and $3 group by 1`,
    [siteId, from, to, timeZone, currency],
  );
  return rows.map(({ campaign_id: campaignId, n, minor, foreign }) => ({
    campaignId,
    conversions: n,
    revenueMinor: Number(minor ?? 0),
    isRevenueForeign: foreign,
  }));
}
