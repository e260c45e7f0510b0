import type { Client } from "pg";
import { systemIds } from "#platform/ids.ts";
import { REFUSED_ADDRESS } from "./fake-mail-provider.ts";

export type DueOptions = {
  schedules: number;
  sites: number;
  poisoned: number;
  /** What is in the reports, as a schedule keeps it; absent: what its kind has. */
  content?: object;
};

type Entry = {
  site: number;
  publicId: string;
  address: string;
  token: string;
  accountToken: string;
  addressId: string;
  kind: string;
  isSiteGone: boolean;
};

/**
 * So many schedules of so many sites, each site of its own account, all due since a minute and each with a recipient of
 * its own who has agreed. The first are poisoned, in turn: the site is gone, a sponsor report of nobody, a recipient that
 * the provider refuses.
 */
export async function writeDueSchedules(client: Client, options: DueOptions): Promise<void> {
  const now = new Date();
  const sites = Array.from({ length: options.sites }, (_, site) => ({
    site,
    accountId: systemIds.publicId("acc", now),
    siteId: systemIds.publicId("site", now),
    key: `wms_${systemIds.word(20)}`,
    secret: systemIds.secretHex(32),
  }));
  const schedules: Entry[] = Array.from({ length: options.schedules }, (_, n) => {
    const poison = n < options.poisoned ? n % 3 : null;
    return {
      site: n % options.sites,
      publicId: systemIds.publicId("sch", now),
      address: `${poison === 2 ? REFUSED_ADDRESS : "reader-"}${n}@else.example`,
      token: systemIds.secretHex(32),
      accountToken: systemIds.secretHex(32),
      addressId: systemIds.publicId("adr", now),
      kind: poison === 1 ? "sponsor" : "campaign-performance",
      isSiteGone: poison === 0,
    };
  });
  await client.query(WRITE_SITES, [JSON.stringify(sites)]);
  await client.query(WRITE_SCHEDULES, [JSON.stringify(schedules), JSON.stringify(options.content ?? {})]);
}

const WRITE_SITES = `
  with entry as (
    select * from jsonb_to_recordset($1::jsonb) as e (site int, "accountId" text, "siteId" text, key text, secret text)
  ), account as (
    insert into control.accounts (public_id, name, created_at)
    select "accountId", 'Account ' || site, now() from entry returning id, public_id
  ), directory as (
    insert into control.site_directory (account_id, public_id, site_key, created_at)
    select a.id, e."siteId", e.key, now() from entry e join account a on a.public_id = e."accountId"
    returning site_id, account_id, public_id, site_key
  )
  insert into site.sites (id, account_id, public_id, site_key, name, domain, origins, own_domains, time_zone, currency,
    identity, consent_required, without_consent, honour_gpc, honour_dnt, identify_key, created_at)
  select d.site_id, d.account_id, d.public_id, d.site_key, 'Shop ' || e.site, 'shop.example', '{}', '{}',
    'Europe/Berlin', 'EUR', 'first-party', false, 'cookieless', true, false, e.secret, now()
  from directory d join entry e on e."siteId" = d.public_id`;

const WRITE_SCHEDULES = `
  with entry as (
    select e.*, s.account_id, s.id as site_id
    from jsonb_to_recordset($1::jsonb) as e (site int, "publicId" text, address text, token text, "accountToken" text,
      "addressId" text, kind text, "isSiteGone" boolean)
    join site.sites s on s.name = 'Shop ' || e.site
  ), address as (
    insert into control.mail_addresses (account_id, public_id, address, unsubscribe_token, confirmed_at, created_at)
    select account_id, "addressId", address, "accountToken", now(), now() from entry
  ), schedule as (
    insert into site.report_schedules (account_id, site_id, public_id, name, kind, cadence, hour, time_zone, covers,
      options, formats, next_at, created_at, updated_at)
    select account_id, case when "isSiteGone" then 2000000000 else site_id end, "publicId", 'Every day', kind, 'daily',
      -- Half a day away: none may fall due once more while the test runs.
      mod(extract(hour from now() at time zone 'Europe/Berlin')::int + 12, 24), 'Europe/Berlin', 'yesterday', $2::jsonb, '{pdf}', now() - interval '1 minute', now(), now()
    from entry returning id, public_id
  )
  insert into site.report_recipients (schedule_id, address, unsubscribe_token, added_at)
  select s.id, e.address, e.token, now() from schedule s join entry e on e."publicId" = s.public_id`;

export type Settled = {
  recipient: string;
  status: string;
  failureKind: string | null;
  failure: string | null;
  reportStatus: string;
  reportFailure: string | null;
  attempts: number;
};

/** What became of every delivery. */
export async function readDeliveries(client: Client): Promise<Settled[]> {
  const { rows } = await client.query<Settled>(`
    select d.recipient, d.status, d.failure_kind as "failureKind", d.failure, d.attempts,
      r.status as "reportStatus", r.failure as "reportFailure"
    from site.report_deliveries d join site.reports r on r.id = d.report_id order by d.id`);
  return rows;
}
