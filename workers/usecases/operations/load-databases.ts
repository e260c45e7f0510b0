import { loadDatabaseState, type DatabaseState } from "#db/queries/operations/database-state.ts";
import { listSlowestStatements, type SlowStatement } from "#db/queries/operations/slowest-statements.ts";
import type { Deps } from "#usecases/deps.ts";

/** `state` null: the database did not answer. `slowest` null: it keeps no statistics of statements. */
export type LoadedDatabase = { name: string; state: DatabaseState | null; slowest: SlowStatement[] | null };

const SLOWEST = 10;

/** Every database by itself: one that is away takes its own figures away and no other's. */
export async function loadDatabases(
  { databases }: Pick<Deps, "databases">,
  span: { from: Date; to: Date; now: Date },
): Promise<LoadedDatabase[]> {
  return await Promise.all(
    databases.names().map(async (name) => {
      const db = databases.named(name);
      const [state] = await Promise.allSettled([loadDatabaseState(db, span)]);
      if (state.status === "rejected") return { name, state: null, slowest: null };
      if (!state.value.hasStatements) return { name, state: state.value, slowest: null };
      // The extension may be there and not be loaded, or not be for this role to read.
      const [slowest] = await Promise.allSettled([listSlowestStatements(db, SLOWEST)]);
      return {
        name,
        state: state.value,
        slowest: slowest.status === "fulfilled" ? slowest.value : null,
      };
    }),
  );
}
