import { and, eq } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { idempotencyKeys } from "#db/schema/control/idempotency-keys.ts";

/** Keeps the answer under its key, or frees the key when there is none to keep. */
export async function settleIdempotencyRow(
  db: Database,
  settled: { accountId: number; key: string; answer: { status: number; body: unknown } | null },
): Promise<void> {
  const { accountId, key, answer } = settled;
  const isThisKey = and(eq(idempotencyKeys.accountId, accountId), eq(idempotencyKeys.key, key));
  if (answer === null) await db.delete(idempotencyKeys).where(isThisKey);
  else await db.update(idempotencyKeys).set(answer).where(isThisKey);
}
