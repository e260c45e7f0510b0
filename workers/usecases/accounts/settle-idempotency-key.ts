import { settleIdempotencyRow } from "#db/queries/accounts/settle-idempotency-row.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";

/** Keeps the answer for repeats of the request; null frees the key, so that the request may be tried again. */
export async function settleIdempotencyKey(
  deps: Pick<Deps, "databases">,
  settled: { accountId: number; key: string; answer: { status: number; body: unknown } | null },
): Promise<void> {
  await settleIdempotencyRow(controlDatabase(deps), settled);
}
