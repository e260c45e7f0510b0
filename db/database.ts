import type { NeonHttpDatabase } from "drizzle-orm/neon-http";

/** One account's database over Neon's HTTP driver: one statement or one atomic batch a round trip. */
export type Database = NeonHttpDatabase<Record<string, never>>;
