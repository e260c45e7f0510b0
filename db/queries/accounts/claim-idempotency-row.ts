import { and, eq, isNull, lt, or, sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { idempotencyKeys } from "#db/schema/control/idempotency-keys.ts";

export type IdempotencyClaim = {
  accountId: number;
  key: string;
  requestHash: string;
  now: Date;
  /** Rows made before are forgotten. */
  forgottenBefore: Date;
  /** Claims made before that have no answer were given up. */
  givenUpBefore: Date;
};

/** Takes the key for this request; null when it was free (or forgotten, or given up) and is now taken, else its row. */
export async function claimIdempotencyRow(db: Database, claim: IdempotencyClaim) {
  const { accountId, key, requestHash, now } = claim;
  const fresh = { requestHash, status: null, body: null, createdAt: now };
  const taken = await db
    .insert(idempotencyKeys)
    .values({ accountId, key, ...fresh })
    .onConflictDoUpdate({
      target: [idempotencyKeys.accountId, idempotencyKeys.key],
      set: fresh,
      setWhere: sql`${or(
        lt(idempotencyKeys.createdAt, claim.forgottenBefore),
        and(isNull(idempotencyKeys.status), lt(idempotencyKeys.createdAt, claim.givenUpBefore)),
      )}`,
    })
    .returning({ key: idempotencyKeys.key });
  if (taken.length > 0) return null;

  const rows = await db
    .select({
      requestHash: idempotencyKeys.requestHash,
      status: idempotencyKeys.status,
      body: idempotencyKeys.body,
    })
    .from(idempotencyKeys)
    .where(and(eq(idempotencyKeys.accountId, accountId), eq(idempotencyKeys.key, key)));
  return rows[0] ?? { requestHash, status: null, body: null };
}
