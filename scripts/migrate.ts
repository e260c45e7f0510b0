import { Client } from "pg";
import { join } from "node:path";
import { applyMigrations } from "#scripts/migrations/apply-migrations.ts";
import { projectFolder } from "#scripts/stack/project.ts";

const databaseUrl = process.env["DATABASE_URL"];
if (databaseUrl === undefined || databaseUrl === "") {
  console.error("Cannot migrate: DATABASE_URL is not set (use the direct, unpooled address).");
  process.exit(1);
}

const client = new Client({ connectionString: databaseUrl });
await client.connect();
try {
  const applied = await applyMigrations(client, join(projectFolder, "db", "migrations"));
  console.log(applied.length === 0 ? "Nothing to migrate." : `Applied ${applied.join(", ")}.`);
} finally {
  await client.end();
}
