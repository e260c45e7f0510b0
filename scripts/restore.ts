import { join } from "node:path";
import { Client } from "pg";
import { restore } from "#scripts/backup/restore.ts";
import { projectFolder } from "#scripts/stack/project.ts";

const USAGE = "Usage: DATABASE_URL=… npm run restore -- FILE";

const [file] = process.argv.slice(2);
const connectionString = process.env["DATABASE_URL"];
if (file === undefined || connectionString === undefined || connectionString === "") {
  console.error(USAGE);
  process.exit(2);
}

const client = new Client({ connectionString });
await client.connect();
try {
  const rows = await restore(client, file, join(projectFolder, "db", "migrations"));
  console.log(
    `${file}: ${rows.toLocaleString("en")} rows restored. \`npm run migrate\` brings the schema up to date.`,
  );
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
} finally {
  await client.end();
}
