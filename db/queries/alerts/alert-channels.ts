import { sql, type SQL } from "drizzle-orm";

import type { QuietHours } from "#core/alerts/quiet-hours.ts";
import type { Database } from "#db/database.ts";
import { ownedBy } from "./alert-record.ts";

export type ChannelKind = "mail" | "slack" | "webhook";

export type ChannelRecord = {
  id: number;
  publicId: string;
  accountId: number | null;
  kind: ChannelKind;
  name: string;
  target: string;
  quietFrom: number | null;
  quietTo: number | null;
  quietZone: string | null;
  /** It was made by itself for this person. */
  userId: number | null;
  createdAtMs: number;
  /** What became of the last message; null before the first one. */
  lastStatus: "waiting" | "sent" | "failed" | "unknown" | null;
  lastAtMs: number | null;
  lastFailure: string | null;
};

const columns = sql`
  c.id, c.public_id as "publicId", c.account_id as "accountId", c.kind, c.name, c.target, c.quiet_from as "quietFrom",
  c.quiet_to as "quietTo", c.quiet_zone as "quietZone", c.user_id as "userId",
  (extract(epoch from c.created_at) * 1000)::float8 as "createdAtMs", last.status as "lastStatus",
  (extract(epoch from coalesce(last.sent_at, last.created_at)) * 1000)::float8 as "lastAtMs",
  last.failure as "lastFailure"`;

const tables = sql`
  control.alert_channels c
  left join lateral (
    select d.status, d.sent_at, d.created_at, d.failure from control.alert_deliveries d
    where d.channel_id = c.id and d.status <> 'cancelled' order by d.id desc limit 1
  ) last on true`;

/** The channels of an owner, oldest first. Control database. */
export async function listChannels(control: Database, accountId: number | null): Promise<ChannelRecord[]> {
  const { rows } = await control.execute<ChannelRecord>(sql`
    select ${columns} from ${tables}
    where ${ownedBy(sql`c.account_id`, accountId)} and c.deleted_at is null order by c.id`);
  return rows;
}

/** The channels of several owners at once; null among them: the operators'. Control database. */
export async function listChannelsOf(
  control: Database,
  owners: readonly (number | null)[],
): Promise<Omit<ChannelRecord, "lastStatus" | "lastAtMs" | "lastFailure">[]> {
  const { rows } = await control.execute<ChannelRecord>(sql`
    select c.id, c.public_id as "publicId", c.account_id as "accountId", c.kind, c.name, c.target,
      c.quiet_from as "quietFrom", c.quiet_to as "quietTo", c.quiet_zone as "quietZone", c.user_id as "userId",
      (extract(epoch from c.created_at) * 1000)::float8 as "createdAtMs"
    from control.alert_channels c
    where c.deleted_at is null and coalesce(c.account_id, 0) in (
      select coalesce(o::int, 0) from jsonb_array_elements_text(${JSON.stringify(owners)}::jsonb) as o)
    order by c.id`);
  return rows;
}

/** One channel of an owner; null when there is none. Control database. */
export async function findChannel(
  control: Database,
  { accountId, publicId }: { accountId: number | null; publicId: string },
): Promise<ChannelRecord | null> {
  const { rows } = await control.execute<ChannelRecord>(sql`
    select ${columns} from ${tables}
    where c.public_id = ${publicId} and ${ownedBy(sql`c.account_id`, accountId)} and c.deleted_at is null`);
  return rows[0] ?? null;
}

export type NewChannel = Pick<ChannelRecord, "publicId" | "accountId" | "kind" | "name" | "target"> & {
  secret: string | null;
  quiet: QuietHours | null;
  at: Date;
};

/** Control database. */
export async function insertChannel(control: Database, channel: NewChannel): Promise<void> {
  const { publicId, accountId, kind, name, target, secret, quiet, at } = channel;
  const now = sql`${at.toISOString()}::timestamptz`;
  await control.execute(sql`
    insert into control.alert_channels (public_id, account_id, kind, name, target, secret, quiet_from, quiet_to,
      quiet_zone, created_at, updated_at)
    values (${publicId}, ${accountId}, ${kind}, ${name}, ${target}, ${secret}, ${quiet?.fromMinute ?? null}::smallint,
      ${quiet?.toMinute ?? null}::smallint, ${quiet?.timeZone ?? null}, ${now}, ${now})`);
}

/** What may change of a channel; a field that is absent stays. `quiet: null` takes the quiet hours away. */
export type ChannelChanges = {
  name?: string | undefined;
  target?: string | undefined;
  quiet?: QuietHours | null | undefined;
};

/** Control database. */
export async function updateChannel(
  control: Database,
  { id, changes, at }: { id: number; changes: ChannelChanges; at: Date },
): Promise<void> {
  const { name, target, quiet } = changes;
  const sets: SQL[] = [sql`updated_at = ${at.toISOString()}::timestamptz`];
  if (name !== undefined) sets.push(sql`name = ${name}`);
  if (target !== undefined) sets.push(sql`target = ${target}`, sql`user_id = null`);
  if (quiet !== undefined) {
    sets.push(
      sql`quiet_from = ${quiet?.fromMinute ?? null}::smallint`,
      sql`quiet_to = ${quiet?.toMinute ?? null}::smallint`,
      sql`quiet_zone = ${quiet?.timeZone ?? null}`,
    );
  }
  await control.execute(sql`update control.alert_channels set ${sql.join(sets, sql`, `)} where id = ${id}`);
}

/** Ends a channel, and what waits to be sent to it. Its secrets go. Control database. */
export async function deleteChannel(control: Database, { id, at }: { id: number; at: Date }): Promise<void> {
  await control.execute(sql`
    with ended as (
      update control.alert_deliveries set status = 'cancelled', next_attempt_at = null, turn_at = null
      where channel_id = ${id} and status = 'waiting' and attempts = 0
    )
    update control.alert_channels
    set deleted_at = ${at.toISOString()}::timestamptz, target = '', previous_secret = null, previous_secret_until = null,
      secret = case when kind = 'webhook' then '' end
    where id = ${id}`);
}

/** Puts another secret in the place of a webhook's; the old one signs beside it until `until`. Control database. */
export async function replaceSecret(
  control: Database,
  { id, secret, until }: { id: number; secret: string; until: Date },
): Promise<void> {
  await control.execute(sql`
    update control.alert_channels
    set previous_secret = secret, previous_secret_until = ${until.toISOString()}::timestamptz, secret = ${secret}
    where id = ${id} and kind = 'webhook'`);
}
