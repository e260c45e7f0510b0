import { parseArgs } from "node:util";
import { exportAccount, type OpenDatabase } from "#scripts/account/export-account.ts";
import { importAccount } from "#scripts/account/import-account.ts";
import { removeLeftFacts } from "#scripts/account/remove-account.ts";
import { withDatabases } from "#scripts/account/with-databases.ts";
import { databaseUrls } from "#scripts/migrations/database-urls.ts";

const USAGE = `Usage: npm run account -- export ACCOUNT FILE
       npm run account -- import FILE [--database NAME]
       npm run account -- remove ACCOUNT --from NAME
ACCOUNT is its id (acc_…) or the e-mail address of its only member.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { database: { type: "string" }, from: { type: "string" } },
});
const urls = databaseUrls(process.env);
if (urls === null) stop("Cannot move accounts: DATABASE_URL is not set (the database `main`).");
else await withDatabases(urls, run).catch((error: Error) => stop(error.message));

async function run(open: OpenDatabase): Promise<void> {
  const [action, first, second] = positionals;
  if (action === "export" && first !== undefined && second !== undefined) {
    const rows = await exportAccount(open, { account: first, file: second, at: new Date() });
    const sum = Object.values(rows).reduce((all, count) => all + count, 0);
    console.log(`${second}: ${sum.toLocaleString("en")} rows.`);
  } else if (action === "import" && first !== undefined) {
    const { account, control, facts } = await importAccount(open, { file: first, database: values.database });
    console.log(
      `${account.name} (${account.publicId}): ${said(control, "of people")}, ${said(facts, "of facts")}.`,
    );
  } else if (action === "remove" && first !== undefined && values.from !== undefined) {
    const removed = await removeLeftFacts(open, { account: first, from: values.from });
    console.log(`${removed.toLocaleString("en")} rows removed from ${values.from}.`);
  } else stop(USAGE);
}

function said(rows: number, what: string): string {
  if (rows === 0) return `rows ${what} were there`;
  return `${rows.toLocaleString("en")} ${rows === 1 ? "row" : "rows"} ${what} stored`;
}

function stop(words: string): void {
  console.error(words);
  process.exitCode = 1;
}
