import type { DeliveryWork } from "#db/queries/deliveries/find-delivery.ts";
import { unsubscribeTokenOf } from "#db/queries/mail-addresses/subscriptions.ts";
import { noteAddresses } from "#db/queries/mail-addresses/write-addresses.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";

export type ListUnsubscribe = {
  headers: Record<string, string>;
  /** The page of choices, in the mail's own text. */
  pageUrl: string;
};

/**
 * How the reader ends these mails: the one click of RFC 8058 by the mail program, and a page. Of a schedule's mail both
 * are about the schedule, else about all reports of the account.
 */
export async function listUnsubscribe(
  deps: Pick<Deps, "databases" | "clock" | "ids" | "settings">,
  delivery: Pick<DeliveryWork, "accountId" | "recipient" | "subscription">,
): Promise<ListUnsubscribe> {
  const token = delivery.subscription?.token ?? (await accountToken(deps, delivery));
  const { appOrigin } = deps.settings;
  return {
    headers: {
      "List-Unsubscribe": `<${appOrigin}/api/v1/unsubscribe/${token}>`,
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    },
    pageUrl: `${appOrigin}/unsubscribe/${token}`,
  };
}

/** Kept with the address, so that it is the same in every mail; noted now when nobody has before. */
async function accountToken(
  deps: Pick<Deps, "databases" | "clock" | "ids">,
  { accountId, recipient }: Pick<DeliveryWork, "accountId" | "recipient">,
): Promise<string> {
  const control = controlDatabase(deps);
  const known = await unsubscribeTokenOf(control, { accountId, address: recipient });
  if (known !== null) return known;
  const at = deps.clock.now();
  const address = {
    publicId: deps.ids.publicId("adr", at),
    address: recipient,
    unsubscribeToken: deps.ids.secretHex(32),
  };
  await noteAddresses(control, { accountId, addresses: [address], at });
  const noted = await unsubscribeTokenOf(control, { accountId, address: recipient });
  if (noted === null) throw new Error(`Cannot note the address of a delivery of account ${accountId}`);
  return noted;
}
