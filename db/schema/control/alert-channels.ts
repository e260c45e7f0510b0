import { sql } from "drizzle-orm";
import { check, index, integer, smallint, text, unique, uniqueIndex } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { accounts } from "./accounts.ts";
import { control } from "./control-schema.ts";
import { users } from "./users.ts";

/** Where alerts are sent to: of an account, or of whoever runs the installation. */
export const alertChannels = control.table(
  "alert_channels",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    publicId: text("public_id").notNull(),
    /** Null: the operators'. */
    accountId: integer("account_id").references(() => accounts.id, { onDelete: "cascade" }),
    kind: text("kind", { enum: ["mail", "slack", "webhook"] }).notNull(),
    name: text("name").notNull(),
    /** An e-mail address, or an https address. That of Slack is as good as a password. */
    target: text("target").notNull(),
    /** Of `webhook`: what messages are signed with. The one before is good for a day after it was replaced. */
    secret: text("secret"),
    previousSecret: text("previous_secret"),
    previousSecretUntil: instant("previous_secret_until"),
    /** Minutes of the day on the clock of the zone; all of them null: there are no quiet hours. */
    quietFrom: smallint("quiet_from"),
    quietTo: smallint("quiet_to"),
    quietZone: text("quiet_zone"),
    /** Whose address it is: it was made by itself, and is silent once they have no say here any more. */
    userId: integer("user_id").references(() => users.id, { onDelete: "cascade" }),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
    deletedAt: instant("deleted_at"),
  },
  (t) => [
    unique("alert_channels_public_id_key").on(t.publicId),
    uniqueIndex("alert_channels_user_key")
      .on(t.accountId, t.userId)
      .where(sql`${t.userId} is not null`),
    uniqueIndex("alert_channels_operator_key")
      .on(t.userId)
      .where(sql`${t.accountId} is null and ${t.userId} is not null`),
    index("alert_channels_account_idx").on(t.accountId),
    check("alert_channels_kind_check", sql`${t.kind} in ('mail', 'slack', 'webhook')`),
    check("alert_channels_secret_check", sql`(${t.kind} = 'webhook') = (${t.secret} is not null)`),
    check(
      "alert_channels_quiet_check",
      sql`num_nulls(${t.quietFrom}, ${t.quietTo}, ${t.quietZone}) in (0, 3) and ${t.quietFrom} between 0 and 1439 and ${t.quietTo} between 0 and 1439`,
    ),
  ],
);
