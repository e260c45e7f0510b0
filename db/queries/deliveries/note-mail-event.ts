import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";

export type EventDelivery = {
  id: number;
  accountId: number;
  recipient: string;
  hasBounced: boolean;
  hasComplained: boolean;
};

/** The delivery that a provider's event is about, by our own id or else by the provider's; null when it is not here. */
export async function findDeliveryOfEvent(
  db: Database,
  { reference, providerId }: { reference: string | null; providerId: string | null },
): Promise<EventDelivery | null> {
  const { rows } = await db.execute<{
    id: number;
    account_id: number;
    recipient: string;
    has_bounced: boolean;
    has_complained: boolean;
  }>(sql`
    select id, account_id, recipient, bounced_at is not null as has_bounced, complained_at is not null as has_complained
    from (
      select 1 as place, d.* from site.report_deliveries d where d.public_id = ${reference}::text
      union all
      select 2, d.* from site.report_deliveries d where d.provider_id = ${providerId}::text
    ) found order by place limit 1`);
  const [row] = rows;
  if (!row) return null;
  return {
    id: row.id,
    accountId: row.account_id,
    recipient: row.recipient,
    hasBounced: row.has_bounced,
    hasComplained: row.has_complained,
  };
}

export type DeliveryNews = {
  id: number;
  providerId: string | null;
  kind: "accepted" | "bounced" | "delayed" | "complained";
  reason: string | null;
  at: Date;
};

/**
 * Writes what the provider told, whatever came before it: the first telling of each kind stays. That it tells anything
 * proves that it took the mail, so what was unknown, or about to be tried again after a doubt, is sent.
 */
export async function noteDeliveryNews(db: Database, news: DeliveryNews): Promise<void> {
  const at = sql`${news.at.toISOString()}::timestamptz`;
  await db.execute(sql`
    update site.report_deliveries
    set bounced_at = case when ${news.kind} = 'bounced' then coalesce(bounced_at, ${at}) else bounced_at end,
      complained_at = case when ${news.kind} = 'complained' then coalesce(complained_at, ${at}) else complained_at end,
      bounce = case when ${news.kind} = 'bounced' and bounced_at is null then coalesce(${news.reason}::text, bounce)
        else coalesce(bounce, ${news.reason}::text) end,
      provider_id = coalesce(provider_id, ${news.providerId}::text),
      status = case when status in ('built', 'unknown') and attempts > earlier_attempts then 'sent' else status end,
      sent_at = case when status in ('built', 'unknown') and attempts > earlier_attempts then ${at} else sent_at end,
      failure = case when status in ('built', 'unknown') and attempts > earlier_attempts then null else failure end,
      next_attempt_at = case when status in ('built', 'unknown') and attempts > earlier_attempts then null
        else next_attempt_at end
    where id = ${news.id}`);
}
