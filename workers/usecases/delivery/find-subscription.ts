import {
  findByAddress,
  findByToken,
  findScheduleByToken,
  type AddressSubscription,
  type ScheduleSubscription,
} from "#db/queries/mail-addresses/subscriptions.ts";
import { noteAddresses } from "#db/queries/mail-addresses/write-addresses.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";

export type UnknownLink = { kind: "unknown_link" };

export type FoundSubscription = {
  address: AddressSubscription;
  /** The schedule whose mail the link was in. */
  schedule: { name: string; database: string; isUnsubscribed: boolean } | null;
};

type FindDeps = Pick<Deps, "databases" | "clock" | "ids">;

/** Whose link a token is: an address's, or that of a recipient of a schedule; null when it is neither. */
export async function findSubscription(deps: FindDeps, token: string): Promise<FoundSubscription | null> {
  const address = await findByToken(controlDatabase(deps), token);
  if (address !== null) return { address, schedule: null };

  // A token does not say in which database its schedule is; there are few.
  for (const database of deps.databases.names()) {
    // oxlint-disable-next-line no-await-in-loop
    const schedule = await findScheduleByToken(deps.databases.named(database), token);
    if (schedule === null) continue;
    // oxlint-disable-next-line no-await-in-loop
    const owner = await addressOf(deps, schedule);
    const { scheduleName: name, isUnsubscribed } = schedule;
    return owner === null ? null : { address: owner, schedule: { name, database, isUnsubscribed } };
  }
  return null;
}

/** The recipient's address in the account; noted now when nobody has before. */
async function addressOf(
  deps: FindDeps,
  { accountId, address }: ScheduleSubscription,
): Promise<AddressSubscription | null> {
  const control = controlDatabase(deps);
  const known = await findByAddress(control, { accountId, address });
  if (known !== null) return known;
  const at = deps.clock.now();
  const noted = {
    publicId: deps.ids.publicId("adr", at),
    address,
    unsubscribeToken: deps.ids.secretHex(32),
  };
  await noteAddresses(control, { accountId, addresses: [noted], at });
  return await findByAddress(control, { accountId, address });
}
