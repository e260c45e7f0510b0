import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";

export type WithoutChannel = { accountId: number | null; userId: number; email: string };

/**
 * Who hears of nothing yet: confirmed owners of accounts that never had a channel, and superadmins without one of their
 * own. What somebody took away is not made again. Control database.
 */
export async function listWithoutChannel(control: Database, limit: number): Promise<WithoutChannel[]> {
  const { rows } = await control.execute<WithoutChannel>(sql`
    select m.account_id as "accountId", u.id as "userId", u.email
    from control.members m join control.users u on u.id = m.user_id
    where m.role = 'owner' and u.email_confirmed_at is not null
      and not exists (select from control.alert_channels c where c.account_id = m.account_id)
    union all
    select null, u.id, u.email from control.users u
    where u.is_superadmin
      and not exists (select from control.alert_channels c where c.account_id is null and c.user_id = u.id)
    limit ${limit}`);
  return rows;
}

export type StandardChannel = WithoutChannel & { publicId: string };

/** Makes their mail channels; of two runs at once each makes only what the other has not. Control database. */
export async function insertStandardChannels(
  control: Database,
  { channels, at }: { channels: readonly StandardChannel[]; at: Date },
): Promise<void> {
  const now = sql`${at.toISOString()}::timestamptz`;
  await control.execute(sql`
    insert into control.alert_channels (public_id, account_id, user_id, kind, name, target, created_at, updated_at)
    select c."publicId", c."accountId", c."userId", 'mail', c.email, c.email, ${now}, ${now}
    from jsonb_to_recordset(${JSON.stringify(channels)}::jsonb)
      as c ("publicId" text, "accountId" int, "userId" int, email text)
    on conflict do nothing`);
}
