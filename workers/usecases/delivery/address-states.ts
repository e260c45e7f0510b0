import { recipientState, type RecipientState } from "#core/report/recipient-state.ts";
import type { Database } from "#db/database.ts";
import type { AddressRecord } from "#db/queries/mail-addresses/address-record.ts";
import { findAddresses } from "#db/queries/mail-addresses/find-addresses.ts";
import { listMemberAddresses } from "#db/queries/reports/account-addresses.ts";

/** The state of each address in an account, for showing and for sending. Control database. */
export async function addressStates(
  control: Database,
  accountId: number,
  addresses: readonly string[],
): Promise<ReadonlyMap<string, RecipientState>> {
  const [known, members] = await Promise.all([
    findAddresses(control, { accountId, addresses }),
    listMemberAddresses(control, accountId),
  ]);
  const records = new Map(known.map((record) => [record.address, record]));
  const memberAddresses = new Set(members.map(({ email }) => email));
  return new Map(
    addresses.map((address) => {
      const record = records.get(address);
      const isMember = memberAddresses.has(address);
      return [address, record === undefined ? stateOfUnknown(isMember) : stateOfAddress(record)];
    }),
  );
}

/** The state of an address that is noted. */
export function stateOfAddress(record: AddressRecord): RecipientState {
  return recipientState({
    isMember: record.isMember,
    isConfirmed: record.confirmedAt !== null,
    hasUnsubscribed: record.unsubscribedAt !== null,
    suppression: record.suppressedAt === null ? null : record.suppression,
  });
}

function stateOfUnknown(isMember: boolean): RecipientState {
  return isMember ? "member" : "waiting";
}
