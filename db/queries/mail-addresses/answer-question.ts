import { sql } from "drizzle-orm";

import type { ReportLanguage } from "#core/report/report-model.ts";
import type { Database } from "#db/database.ts";
import { accountLanguage } from "./account-language.ts";

export type OpenQuestion = {
  accountId: number;
  database: string;
  address: string;
  accountName: string;
  language: ReportLanguage;
  askedBy: string | null;
  askedFor: string | null;
};

type Row = {
  account_id: number;
  database: string;
  address: string;
  account_name: string;
  language: ReportLanguage;
  asked_by: string | null;
  asked_for: string | null;
};

/** The question that a token belongs to; null when it is unknown or was mailed before `since`. Control database. */
export async function findQuestion(
  control: Database,
  { tokenHash, since }: { tokenHash: string; since: Date },
): Promise<OpenQuestion | null> {
  const { rows } = await control.execute<Row>(sql`
    select m.account_id, a.database, m.address, a.name as account_name, ${accountLanguage(sql`a.id`)} as language,
      m.asked_by, m.asked_for
    from control.mail_addresses m join control.accounts a on a.id = m.account_id
    where m.confirm_hash = ${tokenHash} and m.confirm_sent_at > ${since.toISOString()}::timestamptz`);
  return rows[0] ? questionOf(rows[0]) : null;
}

/**
 * Writes down what the owner of an address answered. The token stays good, so that who opens the link twice reads the
 * same, and may think otherwise. Null when it is unknown or was mailed before `since`. Control database.
 */
export async function answerQuestion(
  control: Database,
  answer: { tokenHash: string; since: Date; agrees: boolean; at: Date },
): Promise<OpenQuestion | null> {
  const at = sql`${answer.at.toISOString()}::timestamptz`;
  const { rows } = await control.execute<Row>(sql`
    update control.mail_addresses m
    set confirmed_at = case when ${answer.agrees} then coalesce(m.confirmed_at, ${at}) else m.confirmed_at end,
      unsubscribed_at = case when ${answer.agrees} then null else coalesce(m.unsubscribed_at, ${at}) end
    from control.accounts a
    where a.id = m.account_id and m.confirm_hash = ${answer.tokenHash}
      and m.confirm_sent_at > ${answer.since.toISOString()}::timestamptz
    returning m.account_id, a.database, m.address, a.name as account_name, ${accountLanguage(sql`a.id`)} as language,
      m.asked_by, m.asked_for`);
  return rows[0] ? questionOf(rows[0]) : null;
}

function questionOf(row: Row): OpenQuestion {
  return {
    accountId: row.account_id,
    database: row.database,
    address: row.address,
    accountName: row.account_name,
    language: row.language,
    askedBy: row.asked_by,
    askedFor: row.asked_for,
  };
}
