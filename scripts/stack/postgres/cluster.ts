import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { chown, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { PostgresBinaries } from "./binaries.ts";
import { makePrivateFolder, type ServerUser } from "./server-user.ts";

const run = promisify(execFile);

export const ROLE = "waymark";
export const PASSWORD = "waymark";

export type ClusterOptions = {
  binaries: PostgresBinaries;
  folder: string;
  user: ServerUser;
  durable: boolean;
};

/** Makes the data folder with initdb unless it has been made already; a half-made one is made afresh. */
export async function ensureCluster(options: ClusterOptions): Promise<void> {
  const made = join(options.folder, "waymark-cluster-ready");
  if (existsSync(made)) return;

  await rm(options.folder, { recursive: true, force: true });
  await makePrivateFolder(options.folder, options.user);
  await initialise(options);
  await writeFile(made, "");
}

async function initialise({ binaries, folder, user, durable }: ClusterOptions): Promise<void> {
  const passwordFile = `${folder}.password`;
  await writeFile(passwordFile, PASSWORD, { mode: 0o600 });
  if (user !== undefined) await chown(passwordFile, user.uid, user.gid);
  try {
    await run(
      binaries.initdb,
      [
        `--pgdata=${folder}`,
        `--username=${ROLE}`,
        `--pwfile=${passwordFile}`,
        // Neon's WebSocket client sends the password ahead of the question, which only cleartext allows.
        "--auth=password",
        "--encoding=UTF8",
        // The same order on every machine: by code point, not by what its C library believes.
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        ...(durable ? [] : ["--no-sync"]),
      ],
      { ...user, cwd: folder, env: { PATH: process.env["PATH"] ?? "", LC_ALL: "C", TZ: "UTC" } },
    );
  } finally {
    await rm(passwordFile, { force: true });
  }
}
