import { and, asc, eq, gt, inArray } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { mailAddresses } from "#db/schema/control/mail-addresses.ts";
import { addressColumns, type AddressRecord } from "./address-record.ts";

/** What is known of these addresses in an account; one that was never written to has no row. Control database. */
export async function findAddresses(
  control: Database,
  { accountId, addresses }: { accountId: number; addresses: readonly string[] },
): Promise<AddressRecord[]> {
  if (addresses.length === 0) return [];
  return await control
    .select(addressColumns)
    .from(mailAddresses)
    .where(and(eq(mailAddresses.accountId, accountId), inArray(mailAddresses.address, [...addresses])))
    .orderBy(asc(mailAddresses.id));
}

/** A page of an account's addresses, in the order they were first used. Control database. */
export async function listAddresses(
  control: Database,
  { accountId, afterId, limit }: { accountId: number; afterId: number | null; limit: number },
): Promise<AddressRecord[]> {
  return await control
    .select(addressColumns)
    .from(mailAddresses)
    .where(
      and(
        eq(mailAddresses.accountId, accountId),
        afterId === null ? undefined : gt(mailAddresses.id, afterId),
      ),
    )
    .orderBy(asc(mailAddresses.id))
    .limit(limit);
}

/** One of the account's addresses by its public id; null when the account has none of that id. Control database. */
export async function findAddress(
  control: Database,
  { accountId, publicId }: { accountId: number; publicId: string },
): Promise<AddressRecord | null> {
  const rows = await control
    .select(addressColumns)
    .from(mailAddresses)
    .where(and(eq(mailAddresses.accountId, accountId), eq(mailAddresses.publicId, publicId)));
  return rows[0] ?? null;
}

/** The address that a mail with this public id went to, of whichever account. For webhooks only. Control database. */
export async function findAddressOfEvent(
  control: Database,
  publicId: string,
): Promise<{ accountId: number; address: string } | null> {
  const rows = await control
    .select({ accountId: mailAddresses.accountId, address: mailAddresses.address })
    .from(mailAddresses)
    .where(eq(mailAddresses.publicId, publicId));
  return rows[0] ?? null;
}
