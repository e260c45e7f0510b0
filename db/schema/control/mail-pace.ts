import { text } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { control } from "./control-schema.ts";

/** When the next mail may go out, by mail provider: all consumers of all databases keep to one pace. */
export const mailPace = control.table("mail_pace", {
  provider: text("provider").primaryKey(),
  nextAt: instant("next_at").notNull(),
});
