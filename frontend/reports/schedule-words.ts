import type { Schedule } from "#contract/report-schedules.ts";

export type Timing = Pick<Schedule, "cadence" | "weekday" | "monthDay" | "hour">;

export const CADENCE_WORDS: Readonly<Record<Schedule["cadence"], string>> = {
  daily: "Every day",
  weekly: "Every week",
  monthly: "Every month",
  quarterly: "Every quarter",
};

export const WEEKDAYS = [
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
] as const;
const LAST_MONTH_DAY = 31;

/** "Every Monday", "On the 1st of each month", "On the last day of each quarter's first month". */
export function timingWords({ cadence, weekday, monthDay }: Omit<Timing, "hour">): string {
  switch (cadence) {
    case "daily":
      return "Every day";
    case "weekly":
      return `Every ${WEEKDAYS[(weekday ?? 1) - 1] ?? WEEKDAYS[0]}`;
    case "monthly":
      return `On the ${monthDayWords(monthDay ?? 1)} of each month`;
    case "quarterly":
      return `On the ${monthDayWords(monthDay ?? 1)} of each quarter's first month`;
  }
}

/** "1st", "22nd", "last day"; shorter months send on their last day. */
export function monthDayWords(day: number): string {
  if (day >= LAST_MONTH_DAY) return "last day";
  const tail = day % 10;
  const isTeen = day > 10 && day < 14;
  const ending = isTeen ? "th" : tail === 1 ? "st" : tail === 2 ? "nd" : tail === 3 ? "rd" : "th";
  return `${day}${ending}`;
}

/** 8 → "08:00". */
export function hourWords(hour: number): string {
  return `${String(hour).padStart(2, "0")}:00`;
}
