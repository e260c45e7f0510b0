import { readFile, writeFile } from "node:fs/promises";
import { seedDemo } from "#scripts/seed/seed-demo.ts";
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
  stack.setShopSite(login.siteKey);
  await writeFile(demoFile(), JSON.stringify({ ...login, databaseHost }));
  return login;
}

async function readKept(): Promise<Kept | undefined> {
  const text = await readFile(demoFile(), "utf8").catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Kept);
}
