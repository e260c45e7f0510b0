import type { Deps } from "#usecases/deps.ts";

const DAY_MS = 86_400_000;
const SALT_BYTES = 32;
/** A salt serves its UTC day and, for sessions across midnight, the next one; then nobody has it any more. */
const LIFETIME_DAYS = 2;

/**
 * Writes the salts of this UTC day and the next that are not there yet, and deletes those of days before yesterday
 * (decisions 13). A salt that is there is never replaced: visitors would be counted twice.
 */
export async function rotateSalts(
  deps: Pick<Deps, "clock" | "ids" | "edgeConfig">,
): Promise<{ written: string[]; removed: string[] }> {
  const todayMs = Math.floor(deps.clock.now().getTime() / DAY_MS) * DAY_MS;
  const stored = await deps.edgeConfig.stored("salt");

  const written: string[] = [];
  for (const startMs of [todayMs, todayMs + DAY_MS]) {
    const day = utcDay(startMs);
    if (stored.has(day)) continue;
    await deps.edgeConfig.put({
      kind: "salt",
      value: { day, salt: deps.ids.secretHex(SALT_BYTES) },
      expiresAt: new Date(startMs + LIFETIME_DAYS * DAY_MS),
    });
    written.push(day);
  }

  const yesterday = utcDay(todayMs - DAY_MS);
  const removed = [...stored.keys()].filter((day) => day < yesterday);
  for (const day of removed) await deps.edgeConfig.remove("salt", day);
  return { written, removed };
}

function utcDay(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}
