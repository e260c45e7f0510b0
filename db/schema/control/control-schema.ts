import { pgSchema } from "drizzle-orm/pg-core";

/** Accounts, people and the directory of sites: one database for all accounts (decisions 4). */
export const control = pgSchema("control");
