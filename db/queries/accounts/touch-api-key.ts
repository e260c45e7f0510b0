import { eq } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { apiKeys } from "#db/schema/control/api-keys.ts";

/** Says that the key was in use at `now`. */
export async function touchApiKey(db: Database, key: { apiKeyId: number; now: Date }): Promise<void> {
  await db.update(apiKeys).set({ lastUsedAt: key.now }).where(eq(apiKeys.id, key.apiKeyId));
}
