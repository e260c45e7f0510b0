import { and, desc, eq, isNull, lt, sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { apiKeys } from "#db/schema/control/api-keys.ts";
import { auditInsert, type AuditEntry } from "./record-audit.ts";

export type NewApiKey = {
  publicId: string;
  accountId: number;
  name: string;
  secretHash: string;
  scopes: string[];
  createdAt: Date;
};

/** Makes a key and notes it, at once. */
export async function insertApiKey(db: Database, key: NewApiKey, audit: AuditEntry): Promise<void> {
  await db.batch([db.insert(apiKeys).values(key), auditInsert(db, audit)]);
}

/** A page of the account's keys that are not revoked, newest first, one more than a page shows. */
export async function selectApiKeys(
  db: Database,
  wanted: { accountId: number; beforeId: number | null; limit: number },
) {
  return await db
    .select({
      id: apiKeys.id,
      publicId: apiKeys.publicId,
      name: apiKeys.name,
      scopes: apiKeys.scopes,
      createdAt: apiKeys.createdAt,
      lastUsedAt: apiKeys.lastUsedAt,
    })
    .from(apiKeys)
    .where(
      and(
        eq(apiKeys.accountId, wanted.accountId),
        isNull(apiKeys.revokedAt),
        wanted.beforeId === null ? undefined : lt(apiKeys.id, wanted.beforeId),
      ),
    )
    .orderBy(desc(apiKeys.id))
    .limit(wanted.limit);
}

/** Ends a key and notes it, in one statement; false when the account has no such key any more. */
export async function revokeApiKey(
  db: Database,
  key: { accountId: number; publicId: string; userId: number | null; now: Date },
): Promise<boolean> {
  const now = sql`${key.now.toISOString()}::timestamptz`;
  const { rows } = await db.execute(sql`
    with revoked as (
      update control.api_keys set revoked_at = ${now}
      where public_id = ${key.publicId} and account_id = ${key.accountId} and revoked_at is null
      returning account_id, public_id
    )
    insert into control.audit_log (account_id, user_id, at, action, subject)
    select account_id, ${key.userId}::integer, ${now}, 'api_key.revoke', public_id from revoked
    returning id`);
  return rows.length > 0;
}
