import { findAddresses } from "#db/queries/mail-addresses/find-addresses.ts";
import { noteAddresses, noteQuestion } from "#db/queries/mail-addresses/write-addresses.ts";
import { afterCommit } from "#usecases/campaigns/after-commit.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";
import { stateOfAddress } from "./address-states.ts";

const DAY_MS = 86_400_000;
/** Who left the question unanswered is asked again with a new report, but not with each of a week's. */
const ASK_AGAIN_MS = 7 * DAY_MS;
/** Whoever leaves five mails unanswered does not want a sixth. */
export const MAX_ASKS = 5;

export type AskAddressesInput = {
  accountId: number;
  addresses: readonly string[];
  /** Who wants to send them what, as the mail that asks says: the sender's name, the report's or schedule's title. */
  askedBy: string;
  askedFor: string;
};

/**
 * To be called with all recipients whenever a report or a schedule gets them: notes the addresses, and has those
 * outside the account that have not agreed yet asked by mail, once. Asking goes on after the answer, by a queue; a
 * failure to ask is told to the operators, and the address can be asked again from the dashboard.
 */
export async function askAddresses(
  deps: Pick<Deps, "databases" | "clock" | "ids" | "workQueue" | "log">,
  { accountId, addresses, askedBy, askedFor }: AskAddressesInput,
): Promise<void> {
  const control = controlDatabase(deps);
  const at = deps.clock.now();
  const newAddresses = [...new Set(addresses)].map((address) => ({
    publicId: deps.ids.publicId("adr", at),
    address,
    unsubscribeToken: deps.ids.secretHex(32),
  }));
  await noteAddresses(control, { accountId, addresses: newAddresses, at });

  const noted = await findAddresses(control, { accountId, addresses });
  const asked = noted.filter(
    (record) =>
      stateOfAddress(record) === "waiting" &&
      record.asks < MAX_ASKS &&
      (record.askedAt === null || at.getTime() - record.askedAt.getTime() > ASK_AGAIN_MS),
  );
  if (asked.length === 0) return;
  await noteQuestion(control, { ids: asked.map(({ id }) => id), askedBy, askedFor });
  await afterCommit(deps, "ask_addresses", async () => {
    await deps.workQueue.sendAll(
      asked.map(({ publicId, asks }) => ({ v: 1, kind: "ask-address", addressId: publicId, asks })),
    );
  });
}
