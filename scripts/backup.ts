import { Client } from "pg";
import { backUp } from "#scripts/backup/back-up.ts";

const USAGE = "Usage: DATABASE_URL=… npm run backup -- FILE";

const [file] = process.argv.slice(2);
const connectionString = process.env["DATABASE_URL"];
if (file === undefined || connectionString === undefined || connectionString === "") {
  console.error(USAGE);
  process.exit(2);
}

const client = new Client({ connectionString });
await client.connect();
try {
  const rows = Object.values(await backUp(client, file, new Date()));
  const sum = rows.reduce((all, count) => all + count, 0);
  console.log(`${file}: ${sum.toLocaleString("en")} rows of ${rows.length} tables.`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
} finally {
  await client.end();
}
