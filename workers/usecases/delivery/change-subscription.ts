import type { ChangeSubscriptionRequest, Subscription } from "#contract/unsubscribe.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { setUnsubscribed } from "#db/queries/mail-addresses/change-address.ts";
import { setScheduleUnsubscribed } from "#db/queries/mail-addresses/subscriptions.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";
import { findSubscription, type FoundSubscription, type UnknownLink } from "./find-subscription.ts";

type SubscriptionDeps = Pick<Deps, "databases" | "clock" | "ids">;

/** What the link of a mail ends, and whether it is ended. Looking changes nothing. */
export async function showSubscription(
  deps: SubscriptionDeps,
  token: string,
): Promise<Result<Subscription, UnknownLink>> {
  const found = await findSubscription(deps, token);
  return found === null ? fail({ kind: "unknown_link" }) : ok(shown(found));
}

/** Sets what is given, and answers how it is then. The link itself is the permission: it was in the reader's mail. */
export async function changeSubscription(
  deps: SubscriptionDeps,
  { token, change }: { token: string; change: ChangeSubscriptionRequest },
): Promise<Result<Subscription, UnknownLink>> {
  const found = await findSubscription(deps, token);
  if (found === null) return fail({ kind: "unknown_link" });
  const at = deps.clock.now();
  const { schedule, isUnsubscribedFromAll } = change;
  if (schedule !== undefined && found.schedule !== null) {
    const db = deps.databases.named(found.schedule.database);
    await setScheduleUnsubscribed(db, { token, isUnsubscribed: schedule.isUnsubscribed, at });
  }
  if (isUnsubscribedFromAll !== undefined) {
    await setUnsubscribed(controlDatabase(deps), {
      id: found.address.id,
      isUnsubscribed: isUnsubscribedFromAll,
      at,
    });
  }
  return await showSubscription(deps, token);
}

/**
 * The one click of a mail program (RFC 8058): ends the mails of the kind it was clicked in. A second click changes
 * nothing.
 */
export async function unsubscribeByClick(
  deps: SubscriptionDeps,
  token: string,
): Promise<Result<null, UnknownLink>> {
  const found = await findSubscription(deps, token);
  if (found === null) return fail({ kind: "unknown_link" });
  const change =
    found.schedule === null ? { isUnsubscribedFromAll: true } : { schedule: { isUnsubscribed: true } };
  await changeSubscription(deps, { token, change });
  return ok(null);
}

function shown({ address, schedule }: FoundSubscription): Subscription {
  return {
    address: address.address,
    accountName: address.accountName,
    language: address.language,
    schedule: schedule === null ? null : { name: schedule.name, isUnsubscribed: schedule.isUnsubscribed },
    isUnsubscribedFromAll: address.isUnsubscribed,
  };
}
