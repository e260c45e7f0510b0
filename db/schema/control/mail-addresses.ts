import { sql } from "drizzle-orm";
import { check, integer, smallint, text, unique } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { accounts } from "./accounts.ts";
import { control } from "./control-schema.ts";

/** An address that an account mails reports to: it agrees once, and may end all of it. */
export const mailAddresses = control.table(
  "mail_addresses",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    publicId: text("public_id").notNull(),
    accountId: integer("account_id")
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    /** Trimmed and lower-cased. */
    address: text("address").notNull(),
    /** Hash of the token in the mail that asks; null when none is open. */
    confirmHash: text("confirm_hash"),
    confirmSentAt: instant("confirm_sent_at"),
    /** Who wants to send which report: the mail that asks says so. */
    askedBy: text("asked_by"),
    askedFor: text("asked_for"),
    /** How often it was asked. */
    asks: smallint("asks").notNull().default(0),
    /** In the links of mails that belong to no schedule: it may do nothing but change whether reports are sent here. */
    unsubscribeToken: text("unsubscribe_token").notNull(),
    confirmedAt: instant("confirmed_at"),
    /** From every report of the account. */
    unsubscribedAt: instant("unsubscribed_at"),
    /** The provider said that mail to it is of no use, or unwanted: nothing is sent any more. */
    suppressedAt: instant("suppressed_at"),
    suppression: text("suppression", { enum: ["bounce", "complaint"] }),
    suppressionReason: text("suppression_reason"),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    unique("mail_addresses_public_id_key").on(t.publicId),
    unique("mail_addresses_address_key").on(t.accountId, t.address),
    unique("mail_addresses_confirm_hash_key").on(t.confirmHash),
    unique("mail_addresses_unsubscribe_token_key").on(t.unsubscribeToken),
    check("mail_addresses_suppression_check", sql`${t.suppression} in ('bounce', 'complaint')`),
  ],
);
