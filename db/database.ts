import { drizzle, type NeonHttpClient, type NeonHttpDatabase } from "drizzle-orm/neon-http";

/** One account's database over Neon's HTTP driver: one statement or one atomic batch a round trip. */
export type Database = NeonHttpDatabase<Record<string, never>>;

/** Databases by name: control is `main`, a site's is its account's (decisions 4). */
export type Databases = { named(name: string): Database; names(): string[] };

/** Drizzle over the clients that the platform opened. */
export function openDatabases(clients: {
  named(name: string): NeonHttpClient;
  names(): string[];
}): Databases {
  const open = new Map<string, Database>();
  return {
    named(name) {
      const known = open.get(name);
      if (known) return known;
      const database = drizzle({ client: clients.named(name) });
      open.set(name, database);
      return database;
    },
    names: () => clients.names(),
  };
}
