import type { DeliveryWork } from "#db/queries/deliveries/find-delivery.ts";
import { reserveTurn } from "#db/queries/deliveries/mail-pace.ts";
import { takeTurn } from "#db/queries/deliveries/write-attempt.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";
import { askAgain } from "./ask-again.ts";

/** A turn that was missed by more than this went by: others have it now. */
const TURN_GOOD_MS = 5 * 60_000;
/** Sooner than a queue could bring a message. */
const AT_ONCE_MS = 1_000;

export type TurnInput = { database: string; delivery: DeliveryWork; now: Date };

/**
 * Whether this mail has to wait for its turn, which is then in its row. A thousand mails that are due at once are given
 * a thousand turns at the pace that the provider takes, instead of a thousand refusals.
 */
export async function waitForTurn(
  deps: Pick<Deps, "databases" | "mailer" | "workQueue" | "log">,
  { database, delivery, now }: TurnInput,
): Promise<boolean> {
  const { provider, perSecond } = deps.mailer;
  const { turnAt } = delivery;
  if (turnAt !== null && now.getTime() - turnAt.getTime() < TURN_GOOD_MS) return false;

  const turn = await reserveTurn(controlDatabase(deps), { provider, intervalMs: 1_000 / perSecond, at: now });
  if (turn.getTime() - now.getTime() <= AT_ONCE_MS) return false;
  const isOurs = await takeTurn(deps.databases.named(database), { delivery, turnAt: turn });
  if (isOurs) await askAgain(deps, { database, deliveryId: delivery.publicId, at: turn, now });
  return true;
}
