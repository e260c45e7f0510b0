import { claimIdempotencyRow } from "#db/queries/accounts/claim-idempotency-row.ts";
import { controlDatabase, type AccountDeps } from "#usecases/deps.ts";

const KEPT_MS = 86_400_000;
/** Longer than any request lives: whoever claimed it then is gone. */
const GIVEN_UP_MS = 120_000;

export type IdempotencyVerdict =
  | { kind: "claimed" }
  | { kind: "in_progress" }
  | { kind: "reused" }
  | { kind: "done"; status: number; body: unknown };

/** Whether this request is the first under its key, and if not what became of the first. */
export async function claimIdempotencyKey(
  deps: AccountDeps,
  asked: { accountId: number; key: string; request: string },
): Promise<IdempotencyVerdict> {
  const now = deps.clock.now();
  const requestHash = deps.tokens.hash(asked.request);
  const earlier = await claimIdempotencyRow(controlDatabase(deps), {
    accountId: asked.accountId,
    key: asked.key,
    requestHash,
    now,
    forgottenBefore: new Date(now.getTime() - KEPT_MS),
    givenUpBefore: new Date(now.getTime() - GIVEN_UP_MS),
  });
  if (earlier === null) return { kind: "claimed" };
  if (earlier.requestHash !== requestHash) return { kind: "reused" };
  if (earlier.status === null) return { kind: "in_progress" };
  return { kind: "done", status: earlier.status, body: earlier.body };
}
