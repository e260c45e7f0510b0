import { sql } from "drizzle-orm";

import type { ReportLanguage } from "#core/report/report-model.ts";
import type { Database } from "#db/database.ts";
import { accountLanguage } from "./account-language.ts";

export type NewAddress = { publicId: string; address: string; unsubscribeToken: string };

/** Notes addresses that an account is to send reports to; those it knows stay as they are. Control database. */
export async function noteAddresses(
  control: Database,
  { accountId, addresses, at }: { accountId: number; addresses: readonly NewAddress[]; at: Date },
): Promise<void> {
  if (addresses.length === 0) return;
  await control.execute(sql`
    insert into control.mail_addresses (account_id, public_id, address, unsubscribe_token, created_at)
    select ${accountId}::int, n.entry ->> 'publicId', n.entry ->> 'address', n.entry ->> 'unsubscribeToken',
      ${at.toISOString()}::timestamptz
    from jsonb_array_elements(${JSON.stringify(addresses)}::jsonb) with ordinality as n (entry, place)
    order by n.entry ->> 'address'
    on conflict (account_id, address) do nothing`);
}

export type Question = {
  id: number;
  publicId: string;
  address: string;
  accountName: string;
  language: ReportLanguage;
  askedBy: string | null;
  askedFor: string | null;
  /** How often it was asked, this time included. */
  asks: number;
};

/** Notes who wants to send what to addresses, where that is not noted yet. Control database. */
export async function noteQuestion(
  control: Database,
  question: { ids: readonly number[]; askedBy: string; askedFor: string },
): Promise<void> {
  await control.execute(sql`
    update control.mail_addresses set asked_by = ${question.askedBy}, asked_for = ${question.askedFor}
    where id = any(${`{${question.ids.join(",")}}`}::int[])`);
}

/**
 * Takes the right to ask an address: its token's hash is kept, and whoever comes with the same `asks` finds it taken.
 * Null when it is not to be asked: it agreed or declined, mail to it is of no use, or it was asked meanwhile.
 * Control database.
 */
export async function claimQuestion(
  control: Database,
  claim: { publicId: string; asks: number; tokenHash: string; at: Date },
): Promise<Question | null> {
  const { rows } = await control.execute<{
    id: number;
    public_id: string;
    address: string;
    account_name: string;
    language: ReportLanguage;
    asked_by: string | null;
    asked_for: string | null;
    asks: number;
  }>(sql`
    update control.mail_addresses m
    set confirm_hash = ${claim.tokenHash}, confirm_sent_at = ${claim.at.toISOString()}::timestamptz, asks = m.asks + 1
    from control.accounts a
    where a.id = m.account_id and m.public_id = ${claim.publicId} and m.asks = ${claim.asks}
      and m.confirmed_at is null and m.unsubscribed_at is null and m.suppressed_at is null
    returning m.id, m.public_id, m.address, a.name as account_name, ${accountLanguage(sql`a.id`)} as language,
      m.asked_by, m.asked_for, m.asks`);
  const [row] = rows;
  if (!row) return null;
  return {
    id: row.id,
    publicId: row.public_id,
    address: row.address,
    accountName: row.account_name,
    language: row.language,
    askedBy: row.asked_by,
    askedFor: row.asked_for,
    asks: row.asks,
  };
}

/** Gives the right to ask back: the mail surely was not sent. Control database. */
export async function releaseQuestion(
  control: Database,
  { id, asks }: Pick<Question, "id" | "asks">,
): Promise<void> {
  await control.execute(sql`
    update control.mail_addresses set confirm_hash = null, confirm_sent_at = null, asks = asks - 1
    where id = ${id} and asks = ${asks} and confirmed_at is null`);
}
