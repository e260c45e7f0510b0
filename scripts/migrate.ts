import { Client } from "pg";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { applyMigrations } from "#scripts/migrations/apply-migrations.ts";
import { databaseUrls } from "#scripts/migrations/database-urls.ts";
import { projectFolder } from "#scripts/stack/project.ts";

const { values } = parseArgs({ options: { "allow-destructive": { type: "boolean" } } });
const urls = databaseUrls(process.env);
if (urls === null) {
  console.error("Cannot migrate: DATABASE_URL is not set (use the direct, unpooled address).");
  process.exit(1);
}

let failed = 0;
for (const [name, url] of urls) {
  try {
    const applied = await migrate(url);
    console.log(
      `${name}: ${applied.length === 0 ? "nothing to migrate." : `applied ${applied.join(", ")}.`}`,
    );
  } catch (error) {
    // The others are migrated all the same: a database that is away must not hold them back.
    failed += 1;
    console.error(`${name}: ${(error as Error).message}`);
  }
}
process.exit(failed === 0 ? 0 : 1);

async function migrate(connectionString: string): Promise<string[]> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return await applyMigrations(client, join(projectFolder, "db", "migrations"), {
      allowDestructive: values["allow-destructive"],
    });
  } finally {
    await client.end();
  }
}
