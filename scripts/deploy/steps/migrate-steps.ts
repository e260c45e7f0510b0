import type { Context, Step } from "#scripts/deploy/context.ts";
import { databaseUrls } from "#scripts/migrations/database-urls.ts";

/**
 * One step a database, before any Worker that needs the new schema is uploaded. The version that runs goes on on the new
 * schema: that is why steps that take something from it are refused unless they were allowed.
 */
export function migrateSteps({
  environment,
  allowDestructive,
}: Pick<Context, "environment" | "allowDestructive">): Step[] {
  const urls = [...(databaseUrls(environment) ?? new Map([["main", null]]))];
  const limits = "locks waited for 0.5 s and held 1.5 s at most, tried again";
  const destructive = allowDestructive ? "destructive steps allowed" : "destructive steps refused";
  return urls.map(([name, url]) => ({
    kind: "migrate",
    description: `database ${name}: what is missing of db/migrations; ${limits}; ${destructive}`,
    act: async ({ outside }) => {
      if (url === null)
        throw new Error("DATABASE_URL is not in the environment: migrations need the direct address");
      const applied = await outside.migrate(url, { allowDestructive });
      outside.say(applied.length === 0 ? "nothing to migrate" : `applied ${applied.join(", ")}`);
    },
  }));
}
