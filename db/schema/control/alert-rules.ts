import { boolean, integer, jsonb, text, unique } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { accounts } from "./accounts.ts";
import { control } from "./control-schema.ts";

/** What somebody changed about a rule. One that nobody changed has no row: `core/alerts/alert-parameters.ts` says how it is. */
export const alertRules = control.table(
  "alert_rules",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    /** Null: the operators'. */
    accountId: integer("account_id").references(() => accounts.id, { onDelete: "cascade" }),
    /** Null: of all that the owner has. */
    siteId: integer("site_id"),
    kind: text("kind").notNull(),
    isEnabled: boolean("is_enabled").notNull(),
    /** Numbers by name, those that differ from the standard. */
    parameters: jsonb("parameters").notNull(),
    /** Of `alert_channels`; null: all of the owner's. */
    channelIds: integer("channel_ids").array(),
    updatedAt: instant("updated_at").notNull(),
  },
  (t) => [unique("alert_rules_place_key").on(t.accountId, t.siteId, t.kind).nullsNotDistinct()],
);
