import { sql } from "drizzle-orm";

import { mailAddresses } from "#db/schema/control/mail-addresses.ts";

export type AddressRecord = {
  id: number;
  publicId: string;
  address: string;
  isMember: boolean;
  askedAt: Date | null;
  asks: number;
  confirmedAt: Date | null;
  unsubscribedAt: Date | null;
  suppressedAt: Date | null;
  suppression: "bounce" | "complaint" | null;
  suppressionReason: string | null;
  createdAt: Date;
};

/** Columns of an `AddressRecord`, for a select of `mail_addresses`. Control database. */
export const addressColumns = {
  id: mailAddresses.id,
  publicId: mailAddresses.publicId,
  address: mailAddresses.address,
  // Sign-in addresses are kept in small letters too.
  isMember: sql<boolean>`exists (
    select from control.members m join control.users u on u.id = m.user_id
    where m.account_id = ${mailAddresses.accountId} and u.email = ${mailAddresses.address})`,
  askedAt: mailAddresses.confirmSentAt,
  asks: mailAddresses.asks,
  confirmedAt: mailAddresses.confirmedAt,
  unsubscribedAt: mailAddresses.unsubscribedAt,
  suppressedAt: mailAddresses.suppressedAt,
  suppression: mailAddresses.suppression,
  suppressionReason: mailAddresses.suppressionReason,
  createdAt: mailAddresses.createdAt,
};
