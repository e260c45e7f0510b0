import { uuidV7TimeMs } from "./uuid-v7.ts";

const DAY_MS = 86_400_000;
export const EVENT_ID_MAX_AGE_MS = 400 * DAY_MS;
export const EVENT_ID_MAX_AHEAD_MS = DAY_MS;

/**
 * Whether events may hold this id: a UUIDv7 whose time lies within [received − 400 d, received + 1 d], both ends
 * included (decisions 1). Partitions exist for that window only.
 */
export function isEventIdInWindow(id: string, receivedAtMs: number): boolean {
  const timeMs = uuidV7TimeMs(id);
  if (timeMs === null) return false;
  return timeMs >= receivedAtMs - EVENT_ID_MAX_AGE_MS && timeMs <= receivedAtMs + EVENT_ID_MAX_AHEAD_MS;
}
