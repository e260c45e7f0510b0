import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { projectFolder } from "#scripts/stack/project.ts";
import type { Stack } from "#scripts/stack/stack.ts";
import { demoFile } from "./session.ts";

export type DemoLogin = { email: string; password: string };
type SeedModule = { seedDemo: (stack: Stack) => Promise<DemoLogin & { siteKey?: string }> };
type Kept = DemoLogin & { siteKey?: string; databaseHost: string };

/** Fills an empty database with the demo, once, and returns its login. */
export async function ensureDemo(stack: Stack, isOwnDatabase: boolean): Promise<DemoLogin | undefined> {
  const databaseHost = isOwnDatabase ? "local" : new URL(stack.databaseUrl).host;
  const kept = await readKept();
  if (kept?.databaseHost === databaseHost) {
    if (kept.siteKey !== undefined) stack.setShopSite(kept.siteKey);
    return kept;
  }
  const file = join(projectFolder, "scripts", "seed", "seed-demo.ts");
  if (!existsSync(file)) return undefined;

  const { seedDemo } = (await import(pathToFileURL(file).href)) as SeedModule;
  const login = await seedDemo(stack);
  if (login.siteKey !== undefined) stack.setShopSite(login.siteKey);
  await writeFile(demoFile(), JSON.stringify({ ...login, databaseHost }));
  return login;
}

async function readKept(): Promise<Kept | undefined> {
  const text = await readFile(demoFile(), "utf8").catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Kept);
}
