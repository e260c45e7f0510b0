import { sql } from "drizzle-orm";
import type { Database } from "#db/database.ts";
import { systemIds } from "#platform/ids.ts";

export type TestSite = { siteId: number; publicId: string; siteKey: string; accountId: number };

export type TestSiteOptions = { timeZone?: string; currency?: string; domain?: string };

/** A site of its own account, straight into both schemas: what a test of queries starts from. */
export async function createSite(db: Database, options: TestSiteOptions = {}): Promise<TestSite> {
  const now = new Date();
  const publicId = systemIds.publicId("site", now);
  const siteKey = `wms_${systemIds.word(20)}`;
  const accounts = await db.execute<{ id: number }>(sql`
    insert into control.accounts (public_id, name, created_at)
    values (${systemIds.publicId("acc", now)}, 'Test account', ${now.toISOString()}::timestamptz) returning id`);
  const accountId = accounts.rows[0]?.id ?? 0;
  const directory = await db.execute<{ site_id: number }>(sql`
    insert into control.site_directory (account_id, public_id, site_key, created_at)
    values (${accountId}, ${publicId}, ${siteKey}, ${now.toISOString()}::timestamptz) returning site_id`);
  const siteId = directory.rows[0]?.site_id ?? 0;
  await db.execute(sql`
    insert into site.sites (id, account_id, public_id, site_key, name, domain, origins, own_domains, time_zone, currency,
      identity, consent_required, without_consent, honour_gpc, honour_dnt, identify_key, created_at)
    values (${siteId}, ${accountId}, ${publicId}, ${siteKey}, 'Test shop', ${options.domain ?? "shop.example"}, '{}', '{}',
      ${options.timeZone ?? "Europe/Berlin"}, ${options.currency ?? "EUR"}, 'first-party', false, 'cookieless', true,
      false, ${systemIds.secretHex(32)}, ${now.toISOString()}::timestamptz)`);
  return { siteId, publicId, siteKey, accountId };
}

export type TestCampaignOptions = {
  name: string;
  channel?: string;
  matchers?: { kind: string; value: string }[];
};

/** A campaign with its matchers; answers its int. */
export async function createCampaign(
  db: Database,
  site: TestSite,
  options: TestCampaignOptions,
): Promise<number> {
  const now = new Date();
  const { rows } = await db.execute<{ id: number }>(sql`
    insert into site.campaigns (site_id, public_id, name, channel, status, currency, created_at, updated_at)
    values (${site.siteId}, ${systemIds.publicId("cmp", now)}, ${options.name}, ${options.channel ?? "email"}, 'active',
      'EUR', ${now.toISOString()}::timestamptz, ${now.toISOString()}::timestamptz) returning id`);
  const campaignId = rows[0]?.id ?? 0;
  const matchers = options.matchers ?? [{ kind: "utm_campaign", value: options.name.toLowerCase() }];
  for (const { kind, value } of matchers) {
    await db.execute(sql`insert into site.campaign_matchers (site_id, campaign_id, kind, value)
      values (${site.siteId}, ${campaignId}, ${kind}, ${value})`);
  }
  return campaignId;
}
