import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";

/**
 * Gives out the next turn of a provider: turns lie `intervalMs` apart, over all consumers and databases, and no turn is
 * given twice. Control database.
 */
export async function reserveTurn(
  control: Database,
  { provider, intervalMs, at }: { provider: string; intervalMs: number; at: Date },
): Promise<Date> {
  const now = sql`${at.toISOString()}::timestamptz`;
  const interval = sql`make_interval(secs => ${intervalMs / 1_000}::float8)`;
  const { rows } = await control.execute<{ turn_ms: string | number }>(sql`
    insert into control.mail_pace as pace (provider, next_at) values (${provider}, ${now} + ${interval})
    on conflict (provider) do update set next_at = greatest(pace.next_at, ${now}) + ${interval}
    returning round(extract(epoch from pace.next_at - ${interval}) * 1000) as turn_ms`);
  return new Date(Number(rows[0]?.turn_ms ?? at.getTime()));
}

/** The provider asked to wait: no turn is given before then. Control database. */
export async function holdTurns(
  control: Database,
  { provider, until }: { provider: string; until: Date },
): Promise<void> {
  const then = sql`${until.toISOString()}::timestamptz`;
  await control.execute(sql`
    insert into control.mail_pace as pace (provider, next_at) values (${provider}, ${then})
    on conflict (provider) do update set next_at = greatest(pace.next_at, ${then})`);
}
