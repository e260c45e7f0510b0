import type { ReportVoice } from "./report-voice.ts";

const MS_PER_MINUTE = 60_000;
const MS_PER_HOUR = 60 * MS_PER_MINUTE;
const MS_PER_DAY = 24 * MS_PER_HOUR;

/** A span of time in the largest unit that it fills twice over, to a tenth: 187,200,000 → "2.2 days". */
export function lagText(lagMs: number, { words, formats }: ReportVoice): string {
  const { journeys } = words;
  if (lagMs < MS_PER_MINUTE) return journeys.lessThanAMinute;
  const unit = lagMs >= 2 * MS_PER_DAY ? MS_PER_DAY : lagMs >= 2 * MS_PER_HOUR ? MS_PER_HOUR : MS_PER_MINUTE;
  const write = { [MS_PER_DAY]: journeys.days, [MS_PER_HOUR]: journeys.hours }[unit] ?? journeys.minutes;
  const count = Math.round((lagMs / unit) * 10) / 10;
  return write(count, formats.credit(count));
}
