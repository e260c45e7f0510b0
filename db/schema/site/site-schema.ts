import { pgSchema } from "drizzle-orm/pg-core";

/** Everything of a site: its database may be another one than control's (decisions 4). */
export const site = pgSchema("site");
