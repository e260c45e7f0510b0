import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { createCampaign, createSite, type TestSite } from "#tests/support/sites.ts";
import { visitorId } from "#tests/support/messages.ts";
import type { SeededUser } from "./thirty-users.ts";

export const MINUTE_MS = 60_000;

/** Someone who has opened an account; the site, where there is one, lies in the database `facts`. */
export type Registered = { userId: number; accountId: number; site: TestSite | null; facts: Database };

type Databases = { control: Database; facts: Database };

export function after(registeredAt: string, minutes: number): string {
  return new Date(Date.parse(registeredAt) + minutes * MINUTE_MS).toISOString();
}

/** The rows that registering, making a site, its first event and a conversion leave behind; no step is noted. */
export async function seedUser({ control, facts }: Databases, user: SeededUser): Promise<Registered> {
  const { number, registeredAt } = user;
  const { rows } = await control.execute<{ user_id: number; account_id: number }>(sql`
    with a as (
      insert into control.accounts (public_id, name, created_at)
      values (${`acc_${number}_${visitorId()}`}, 'Account', ${registeredAt}::timestamptz) returning id
    ), u as (
      insert into control.users (public_id, email, name, password_hash, created_at)
      values (${`usr_${number}_${visitorId()}`}, ${`user${number}-${visitorId()}@people.example`}, 'User', '-', ${registeredAt}::timestamptz)
      returning id
    ), m as (
      insert into control.members (account_id, user_id, role, created_at)
      select a.id, u.id, 'owner', ${registeredAt}::timestamptz from a, u
    ), t as (
      insert into control.user_metrics (user_id, account_id, registered_at)
      select u.id, a.id, ${registeredAt}::timestamptz from a, u
    )
    select u.id as user_id, a.id as account_id from a, u`);
  const [made] = rows;
  if (made === undefined) throw new Error("No user");
  const { user_id: userId, account_id: accountId } = made;
  const registered = { userId, accountId, site: null, facts };
  return user.site === null ? registered : await seedSite(control, { registered, user });
}

async function seedSite(
  control: Database,
  { registered, user }: { registered: Registered; user: SeededUser },
): Promise<Registered> {
  const { userId, accountId, facts } = registered;
  const site = { ...(await createSite(facts)), accountId };
  const firstEventAt = user.event === null ? null : after(user.registeredAt, user.event);
  await facts.execute(sql`
    update site.sites set account_id = ${accountId}, first_event_at = ${firstEventAt}::timestamptz where id = ${site.siteId}`);
  await noteAct(control, {
    userId,
    accountId,
    action: "site.create",
    at: after(user.registeredAt, user.site ?? 0),
  });
  if (user.conversion !== null) {
    await seedConversion(facts, site, { at: after(user.registeredAt, user.conversion), hasContact: true });
  }
  return { ...registered, site };
}

export async function seedConversion(
  facts: Database,
  { siteId }: TestSite,
  { at, hasContact, isTest = false }: { at: string; hasContact: boolean; isTest?: boolean },
): Promise<void> {
  const visitor = visitorId();
  await facts.execute(sql`
    insert into site.conversions (site_id, conversion_id, visitor_id, at, type, value_minor, currency, promo_codes, is_test,
      copies)
    values (${siteId}, gen_random_uuid(), ${visitor}, ${at}::timestamptz, 'purchase', 1000, 'EUR', '{}', ${isTest}, 1)`);
  if (!hasContact) return;
  await facts.execute(sql`
    insert into site.touchpoints (site_id, touchpoint_id, rank, visitor_id, at, source_id, event_id, event_at)
    select ${siteId}, id, 0, ${visitor}, ${at}::timestamptz, 1, id, ${at}::timestamptz
    from (select gen_random_uuid() as id) as e`);
}

/** A campaign in a site, and who made it, whichever account that is. */
export async function seedCampaign(
  control: Database,
  {
    by,
    within,
    at,
    isArchived = false,
  }: { by: Registered; within: Registered; at: string; isArchived?: boolean },
): Promise<number> {
  if (within.site === null) throw new Error("A campaign needs a site");
  const id = await createCampaign(within.facts, within.site, { name: `c${visitorId()}` });
  await within.facts.execute(sql`
    update site.campaigns set created_at = ${at}::timestamptz,
      archived_at = case when ${isArchived} then ${at}::timestamptz + interval '1 day' end
    where id = ${id}`);
  await noteAct(control, { userId: by.userId, accountId: within.accountId, action: "campaign.create", at });
  return id;
}

async function noteAct(
  control: Database,
  { userId, accountId, action, at }: { userId: number; accountId: number; action: string; at: string },
): Promise<void> {
  await control.execute(sql`
    insert into control.audit_log (account_id, user_id, at, action, subject)
    values (${accountId}, ${userId}, ${at}::timestamptz, ${action}, 'seeded')`);
}

export type SeededReport = {
  of: Registered;
  /** Null: a program ordered it. */
  by: Registered | null;
  orderedAt: string;
  /** Campaigns it names: one, several, or none; without any it is about its site, or about the whole account. */
  campaigns?: readonly number[];
  isAboutAccount?: boolean;
  mails: readonly { status: "sent" | "failed" | "unknown" | "built"; at: string }[];
};

export async function seedReport(report: SeededReport): Promise<void> {
  const { of, by, orderedAt, mails } = report;
  const { siteId, only, several } = aboutOf(report);
  const { rows } = await of.facts.execute<{ id: number }>(sql`
    insert into site.reports (account_id, site_id, campaign_id, campaign_ids, public_id, kind, title, options, status,
      created_by, created_at)
    values (${of.accountId}, ${siteId}, ${only},
      (select coalesce(array_agg(c::int), '{}') from jsonb_array_elements_text(${JSON.stringify(several)}::jsonb) c),
      ${`rep_${visitorId()}`}, 'roi', 'Report', '{}', 'ready', ${by?.userId ?? null}, ${orderedAt}::timestamptz)
    returning id`);
  const [made] = rows;
  if (made === undefined) throw new Error("No report");
  for (const [index, { status, at }] of mails.entries()) {
    // oxlint-disable-next-line no-await-in-loop -- two rows at most
    await of.facts.execute(sql`
      insert into site.report_deliveries (account_id, report_id, public_id, recipient, status, created_at, sent_at)
      values (${of.accountId}, ${made.id}, ${`dlv_${visitorId()}`}, ${`to${index}@people.example`}, ${status},
        ${orderedAt}::timestamptz, case when ${status} = 'sent' then ${at}::timestamptz end)`);
  }
}

function aboutOf({ of, campaigns = [], isAboutAccount = false }: SeededReport) {
  const [first = null] = campaigns;
  return {
    siteId: isAboutAccount || of.site === null ? null : of.site.siteId,
    only: campaigns.length === 1 ? first : null,
    several: campaigns.length > 1 ? campaigns : [],
  };
}
