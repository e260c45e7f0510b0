/** The guides speak of this day as today. */
const TODAY_OF_THE_GUIDES = Date.UTC(2026, 10, 28);
const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

const TIME_OF_UUID_V7 = /\b0[0-9a-f]{7}-[0-9a-f]{4}(?=-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\b)/g;
const EPOCH_MS = /\b(17[89]\d{10}|18\d{11})\b/g;
const DAY = /\b(20\d\d-[01]\d-[0-3]\d)(?=\b|T)/g;

/**
 * By how much what the guides say has to move to be as recent as they mean it: whole weeks, so that weekdays stay. Event
 * ids are refused when they are too old, and reports on a month want one that has passed.
 */
export function weeksSinceWritten(nowMs: number): number {
  return Math.max(0, Math.floor((nowMs - TODAY_OF_THE_GUIDES) / WEEK_MS));
}

/** A text with all its days, instants, epoch milliseconds and event ids moved by so many weeks. */
export function moveTime(text: string, weeks: number): string {
  const byMs = weeks * WEEK_MS;
  return text
    .replaceAll(TIME_OF_UUID_V7, (time) => {
      const moved = (Number.parseInt(time.replace("-", ""), 16) + byMs).toString(16).padStart(12, "0");
      return `${moved.slice(0, 8)}-${moved.slice(8)}`;
    })
    .replaceAll(EPOCH_MS, (ms) => String(Number(ms) + byMs))
    .replaceAll(DAY, (day) => new Date(Date.parse(`${day}T00:00:00Z`) + byMs).toISOString().slice(0, 10));
}
