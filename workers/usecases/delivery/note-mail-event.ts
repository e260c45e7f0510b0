import type { MailEvent } from "#core/report/mail-event.ts";
import { findDeliveryOfEvent, noteDeliveryNews } from "#db/queries/deliveries/note-mail-event.ts";
import { suppressAddress } from "#db/queries/mail-addresses/change-address.ts";
import { findAddressOfEvent } from "#db/queries/mail-addresses/find-addresses.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";

type EventDeps = Pick<Deps, "databases" | "log">;
type Suppressed = { accountId: number; address: string };

/**
 * What a mail provider tells of a mail that it took. The same telling twice, or in another order, leaves the same: an
 * address to which mail is of no use, or unwanted, gets none of the account any more. `unknown`: it is about no mail of
 * ours, such as one about an account.
 */
export async function noteMailEvent(
  deps: EventDeps,
  event: MailEvent,
): Promise<{ kind: "noted" | "unknown" }> {
  // An event names no database; there are few.
  for (const database of deps.databases.names()) {
    // oxlint-disable-next-line no-await-in-loop
    if (await noteIn(deps, database, event)) return { kind: "noted" };
  }
  const address =
    event.reference === null ? null : await findAddressOfEvent(controlDatabase(deps), event.reference);
  if (address !== null) {
    await suppress(deps, event, address);
    return { kind: "noted" };
  }
  deps.log("info", "mail_event_unknown", { kind: event.kind });
  return { kind: "unknown" };
}

async function noteIn(deps: EventDeps, database: string, event: MailEvent): Promise<boolean> {
  const db = deps.databases.named(database);
  const delivery = await findDeliveryOfEvent(db, event);
  if (delivery === null) return false;
  const { accountId, recipient } = delivery;
  const isKnown =
    (event.kind === "bounced" && delivery.hasBounced) ||
    (event.kind === "complained" && delivery.hasComplained);
  // First the address, then the mark that it was told: a telling that is broken off between the two is told again, and
  // one that comes late does not undo what a person decided since.
  if (!isKnown) await suppress(deps, event, { accountId, address: recipient });
  const { kind, reason, at, providerId } = event;
  await noteDeliveryNews(db, { id: delivery.id, kind, reason, at, providerId });
  return true;
}

async function suppress(
  deps: EventDeps,
  event: MailEvent,
  { accountId, address }: Suppressed,
): Promise<void> {
  if (event.kind !== "bounced" && event.kind !== "complained") return;
  const cause = event.kind === "bounced" ? "bounce" : "complaint";
  const { reason, at } = event;
  await suppressAddress(controlDatabase(deps), { accountId, address, cause, reason, at });
}
