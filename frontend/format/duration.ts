import { locale } from "./locale.ts";
import { NO_VALUE } from "./number.ts";

const unit = (name: string, digits = 0) =>
  new Intl.NumberFormat(locale, {
    style: "unit",
    unit: name,
    unitDisplay: "short",
    maximumFractionDigits: digits,
  });
const milliseconds = unit("millisecond");
const seconds = unit("second", 1);
const minutes = unit("minute");
const hours = unit("hour", 1);
const days = unit("day", 1);
const megabytes = unit("megabyte", 1);
const gigabytes = unit("gigabyte", 2);

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** 412 → "412 ms", 1280 → "1.3 sec", 300000 → "5 min"; null → "–". */
export function formatDuration(ms: number | null): string {
  if (ms === null) return NO_VALUE;
  if (ms < 1) return `< ${milliseconds.format(1)}`;
  if (ms < SECOND_MS) return milliseconds.format(ms);
  if (ms < 2 * MINUTE_MS) return seconds.format(ms / SECOND_MS);
  if (ms < 2 * HOUR_MS) return minutes.format(ms / MINUTE_MS);
  return ms < 2 * DAY_MS ? hours.format(ms / HOUR_MS) : days.format(ms / DAY_MS);
}

/** 52428800 → "52.4 MB". */
export function formatBytes(bytes: number): string {
  return bytes < 1e9 ? megabytes.format(bytes / 1e6) : gigabytes.format(bytes / 1e9);
}
