import { spawnSync } from "node:child_process";
import { cpus, loadavg, totalmem } from "node:os";
import { findPostgresBinaries } from "#scripts/stack/postgres/binaries.ts";

/** What the figures were measured on, in one line: they mean little without it. */
export async function describeMachine(): Promise<string> {
  const [first] = cpus();
  const memoryGb = (totalmem() / 2 ** 30).toFixed(0);
  return [
    `${cpus().length} cores ${first?.model.trim() ?? "of an unknown make"}`,
    `${memoryGb} GB`,
    `${process.platform} ${process.arch}`,
    `Node ${process.versions.node}`,
    `Postgres ${await postgresVersion()}`,
    new Date().toISOString().slice(0, "2026-01-01".length),
  ].join(" · ");
}

/** The load of the last minute: whether the machine had something else to do. */
export function loadNow(): string {
  return (loadavg()[0] ?? 0).toFixed(2);
}

/** `postgres (PostgreSQL) 18.4` */
async function postgresVersion(): Promise<string> {
  const { postgres } = await findPostgresBinaries();
  const { stdout } = spawnSync(postgres, ["--version"], { encoding: "utf8" });
  return stdout.trim().split(" ").at(-1) ?? "";
}
