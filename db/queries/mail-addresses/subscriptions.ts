import { sql } from "drizzle-orm";

import type { ReportLanguage } from "#core/report/report-model.ts";
import type { Database } from "#db/database.ts";
import { accountLanguage } from "./account-language.ts";

/** The token by which an address ends all reports of an account; null when it is not noted. Control database. */
export async function unsubscribeTokenOf(
  control: Database,
  { accountId, address }: { accountId: number; address: string },
): Promise<string | null> {
  const { rows } = await control.execute<{ token: string }>(sql`
    select unsubscribe_token as token from control.mail_addresses
    where account_id = ${accountId} and address = ${address}`);
  return rows[0]?.token ?? null;
}

/** An address in an account, and whether reports go to it. */
export type AddressSubscription = {
  id: number;
  accountId: number;
  accountName: string;
  language: ReportLanguage;
  database: string;
  address: string;
  isUnsubscribed: boolean;
};

type Row = {
  id: number;
  account_id: number;
  account_name: string;
  language: ReportLanguage;
  database: string;
  address: string;
  is_unsubscribed: boolean;
};

/** The address that a token of the account's reports belongs to; null for an unknown one. Control database. */
export async function findByToken(control: Database, token: string): Promise<AddressSubscription | null> {
  const { rows } = await control.execute<Row>(sql`
    select m.id, m.account_id, a.name as account_name, ${accountLanguage(sql`a.id`)} as language, a.database,
      m.address, (m.unsubscribed_at is not null or m.suppression is not distinct from 'complaint') as is_unsubscribed
    from control.mail_addresses m join control.accounts a on a.id = m.account_id
    where m.unsubscribe_token = ${token}`);
  return rows[0] ? subscriptionOf(rows[0]) : null;
}

/** The same by account and address. Control database. */
export async function findByAddress(
  control: Database,
  { accountId, address }: { accountId: number; address: string },
): Promise<AddressSubscription | null> {
  const { rows } = await control.execute<Row>(sql`
    select m.id, m.account_id, a.name as account_name, ${accountLanguage(sql`a.id`)} as language, a.database,
      m.address, (m.unsubscribed_at is not null or m.suppression is not distinct from 'complaint') as is_unsubscribed
    from control.mail_addresses m join control.accounts a on a.id = m.account_id
    where m.account_id = ${accountId} and m.address = ${address}`);
  return rows[0] ? subscriptionOf(rows[0]) : null;
}

export type ScheduleSubscription = {
  scheduleId: number;
  scheduleName: string;
  accountId: number;
  address: string;
  isUnsubscribed: boolean;
};

/** The recipient of a schedule that a token belongs to; null for an unknown one. */
export async function findScheduleByToken(db: Database, token: string): Promise<ScheduleSubscription | null> {
  const { rows } = await db.execute<{
    schedule_id: number;
    name: string;
    account_id: number;
    address: string;
    is_unsubscribed: boolean;
  }>(sql`
    select r.schedule_id, s.name, s.account_id, r.address, r.unsubscribed_at is not null as is_unsubscribed
    from site.report_recipients r join site.report_schedules s on s.id = r.schedule_id
    where r.unsubscribe_token = ${token}`);
  const [row] = rows;
  if (!row) return null;
  return {
    scheduleId: row.schedule_id,
    scheduleName: row.name,
    accountId: row.account_id,
    address: row.address,
    isUnsubscribed: row.is_unsubscribed,
  };
}

/** Ends a schedule's mails to one recipient, or has them come again. */
export async function setScheduleUnsubscribed(
  db: Database,
  { token, isUnsubscribed, at }: { token: string; isUnsubscribed: boolean; at: Date },
): Promise<void> {
  await db.execute(sql`
    update site.report_recipients
    set unsubscribed_at = case when ${isUnsubscribed}
      then coalesce(unsubscribed_at, ${at.toISOString()}::timestamptz) end
    where unsubscribe_token = ${token}`);
}

function subscriptionOf(row: Row): AddressSubscription {
  return {
    id: row.id,
    accountId: row.account_id,
    accountName: row.account_name,
    language: row.language,
    database: row.database,
    address: row.address,
    isUnsubscribed: row.is_unsubscribed,
  };
}
