import { readFile, writeFile } from "node:fs/promises";
import { setSuperadmin } from "#db/queries/accounts/superadmins.ts";
import { seedDemo } from "#scripts/seed/seed-demo.ts";
import { withControl } from "#scripts/superadmin/with-control.ts";
import type { Stack } from "#scripts/stack/stack.ts";
import { demoFile } from "./session.ts";

export type DemoLogin = { email: string; password: string };
type Kept = DemoLogin & { siteKey: string; databaseHost: string };

/** Fills an empty database with the demo, once, and returns its login. */
export async function ensureDemo(stack: Stack, isOwnDatabase: boolean): Promise<DemoLogin> {
  const databaseHost = isOwnDatabase ? "local" : new URL(stack.databaseUrl).host;
  const kept = await readKept();
  if (kept?.databaseHost === databaseHost) {
    stack.setShopSite(kept.siteKey);
    return kept;
  }
  const login = await seedDemo(stack);
  if (isOwnDatabase) await makeSuperadmin(stack.databaseUrl, login.email);
  stack.setShopSite(login.siteKey);
  await writeFile(demoFile(), JSON.stringify({ ...login, databaseHost }));
  return login;
}

/** A newcomer sees the admin pages too; on a database of somebody's own that is for them to grant. */
async function makeSuperadmin(databaseUrl: string, email: string): Promise<void> {
  await withControl(databaseUrl, async (control) => {
    await setSuperadmin(control, { email, isSuperadmin: true, at: new Date() });
  });
}

async function readKept(): Promise<Kept | undefined> {
  const text = await readFile(demoFile(), "utf8").catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Kept);
}
