import { chmod, mkdir, statfs } from "node:fs/promises";
import { freemem } from "node:os";

const MEMORY = "/dev/shm";
const TMPFS = 0x01021994;
/** Most of what a run of all tests fills, several times over: others need memory too. */
const LEAST_BYTES = 8 * 1024 ** 3;

/**
 * A folder in memory for data that live as long as a test run, where Linux has plenty of it; `undefined` elsewhere. A test
 * database is some six hundred files: to make them costs a disk's file system three to ten times the work.
 */
export async function memoryFolder(): Promise<string | undefined> {
  if (process.platform !== "linux" || freemem() < LEAST_BYTES) return undefined;
  const { type, bavail, bsize } = await statfs(MEMORY).catch(() => ({ type: 0, bavail: 0, bsize: 0 }));
  if (type !== TMPFS || bavail * bsize < LEAST_BYTES) return undefined;

  const folder = `${MEMORY}/waymark-tests-${process.getuid?.()}`;
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o755);
  return folder;
}
