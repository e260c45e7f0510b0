import { chown, mkdir } from "node:fs/promises";

/** `nobody`: exists on every Linux, owns nothing. */
const UNPRIVILEGED_ID = 65_534;

export type ServerUser = { uid: number; gid: number } | undefined;

/** Postgres refuses to run as root; then it runs as nobody. Anyone else runs it as themselves. */
export function serverUser(): ServerUser {
  return process.getuid?.() === 0 ? { uid: UNPRIVILEGED_ID, gid: UNPRIVILEGED_ID } : undefined;
}

/** A folder only the server's user can read, as Postgres demands of its data. */
export async function makePrivateFolder(folder: string, user: ServerUser): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (user !== undefined) await chown(folder, user.uid, user.gid);
}
