import type { Database } from "#db/database.ts";
import { selectSuperadmins, setSuperadmin } from "#db/queries/accounts/superadmins.ts";
import { withControl } from "#scripts/superadmin/with-control.ts";

const USAGE = "Usage: npm run superadmin -- grant EMAIL | revoke EMAIL | list";

const databaseUrl = process.env["DATABASE_URL"];
if (databaseUrl === undefined || databaseUrl === "") {
  console.error("Cannot read superadmins: DATABASE_URL is not set (the database `main`).");
  process.exit(1);
}
const [action = "", address = ""] = process.argv.slice(2);
await withControl(databaseUrl, run);

async function run(control: Database): Promise<void> {
  if (action === "list") return await list(control);
  const email = address.trim().toLowerCase();
  if ((action !== "grant" && action !== "revoke") || email === "") return complain(USAGE);
  const isSuperadmin = action === "grant";
  const isKnown = await setSuperadmin(control, { email, isSuperadmin, at: new Date() });
  if (!isKnown) return complain(`Nobody signs in as ${email}.`);
  console.log(`${email} is ${isSuperadmin ? "" : "no longer "}a superadmin.`);
}

async function list(control: Database): Promise<void> {
  const people = await selectSuperadmins(control);
  for (const { email, name } of people) console.log(`${email}  ${name}`);
  if (people.length === 0) console.log("There is no superadmin.");
}

function complain(words: string): void {
  console.error(words);
  process.exitCode = 1;
}
