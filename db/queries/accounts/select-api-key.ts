import { and, eq, isNull } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { accounts } from "#db/schema/control/accounts.ts";
import { apiKeys } from "#db/schema/control/api-keys.ts";

/** The key with this public id unless it was revoked, with its account; null otherwise. */
export async function selectApiKey(db: Database, publicId: string) {
  const rows = await db
    .select({
      apiKeyId: apiKeys.id,
      apiKeyPublicId: apiKeys.publicId,
      secretHash: apiKeys.secretHash,
      scopes: apiKeys.scopes,
      lastUsedAt: apiKeys.lastUsedAt,
      accountId: accounts.id,
      accountPublicId: accounts.publicId,
      accountName: accounts.name,
      database: accounts.database,
    })
    .from(apiKeys)
    .innerJoin(accounts, eq(accounts.id, apiKeys.accountId))
    .where(and(eq(apiKeys.publicId, publicId), isNull(apiKeys.revokedAt)));
  return rows[0] ?? null;
}
