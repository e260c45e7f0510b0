import { fail, ok, type Result } from "#core/result.ts";
import type { AddressRecord } from "#db/queries/mail-addresses/address-record.ts";
import { liftBounce } from "#db/queries/mail-addresses/change-address.ts";
import { findAddress } from "#db/queries/mail-addresses/find-addresses.ts";
import type { TooManyAttempts } from "#usecases/accounts/brake.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import { noteChange } from "#usecases/campaigns/note-change.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";
import { stateOfAddress } from "./address-states.ts";
import { MAX_ASKS } from "./ask-addresses.ts";

const BRAKE_MS = 10 * 60_000;

export type AskAgainRefusal = TooManyAttempts | { kind: "address_not_found" } | { kind: "not_to_be_asked" };

export type AskAgainInput = { principal: Principal; addressId: string };

/**
 * Asks an address once more that has not agreed yet, or gives one another chance to which mail bounced. Who unsubscribed
 * or complained comes back by themselves or not at all.
 */
export async function askAddressAgain(
  deps: Pick<Deps, "databases" | "clock" | "workQueue" | "log">,
  { principal, addressId }: AskAgainInput,
): Promise<Result<null, AskAgainRefusal>> {
  const control = controlDatabase(deps);
  const { accountId } = principal;
  const record = await findAddress(control, { accountId, publicId: addressId });
  if (record === null) return fail({ kind: "address_not_found" });
  if (stateOfAddress(record) === "bounced") {
    await liftBounce(control, { accountId, publicId: addressId });
    await noteChange(deps, principal, { action: "report_address.lift_bounce", subject: addressId });
    if (record.isMember || record.confirmedAt !== null) return ok(null);
  } else if (stateOfAddress(record) !== "waiting") {
    return fail({ kind: "not_to_be_asked" });
  }

  const brake = brakeOf(record, deps.clock.now());
  if (brake !== null) return fail(brake);
  await deps.workQueue.send({ v: 1, kind: "ask-address", addressId, asks: record.asks });
  await noteChange(deps, principal, { action: "report_address.ask", subject: addressId });
  return ok(null);
}

function brakeOf({ asks, askedAt }: AddressRecord, now: Date): TooManyAttempts | null {
  const waitedMs = askedAt === null ? Infinity : now.getTime() - askedAt.getTime();
  if (asks >= MAX_ASKS) return { kind: "too_many_attempts", retryAfterSeconds: 86_400 };
  if (waitedMs >= BRAKE_MS) return null;
  return { kind: "too_many_attempts", retryAfterSeconds: Math.ceil((BRAKE_MS - waitedMs) / 1_000) };
}
