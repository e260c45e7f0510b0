/** A calendar day as "2026-03-09". Arithmetic happens in UTC, where every day has 24 hours. */
export type Day = string;

const MS_PER_DAY = 86_400_000;
const DAY_PATTERN = /^\d{4}-\d{2}-\d{2}$/;

/** True for a day that exists: "2026-02-30" does not. */
export function isDay(text: string): boolean {
  return (
    DAY_PATTERN.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) && toDay(toMs(text)) === text
  );
}

/** Midnight UTC of the day, in milliseconds. */
export function toMs(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`);
}

/** The UTC day of an instant. */
export function toDay(ms: number): Day {
  return new Date(ms).toISOString().slice(0, 10);
}

/** The day `count` days later (or earlier when negative). */
export function addDays(day: Day, count: number): Day {
  return toDay(toMs(day) + count * MS_PER_DAY);
}

/** How many days [from, to] holds, both ends counted. */
export function countDays(from: Day, to: Day): number {
  return Math.round((toMs(to) - toMs(from)) / MS_PER_DAY) + 1;
}

/** Every day of [from, to]. */
export function listDays(from: Day, to: Day): Day[] {
  return Array.from({ length: Math.max(0, countDays(from, to)) }, (_, index) => addDays(from, index));
}

/** The first day of the month `months` away from the day's own. */
export function startOfMonth(day: Day, months = 0): Day {
  const [year, month] = yearAndMonth(day);
  return toDay(Date.UTC(year, month + months, 1));
}

/** The last day of the month `months` away from the day's own. */
export function endOfMonth(day: Day, months = 0): Day {
  const [year, month] = yearAndMonth(day);
  return toDay(Date.UTC(year, month + months + 1, 0));
}

/** The first day of the calendar quarter `quarters` away from the day's own. */
export function startOfQuarter(day: Day, quarters = 0): Day {
  const [year, month] = yearAndMonth(day);
  return toDay(Date.UTC(year, Math.floor(month / 3) * 3 + quarters * 3, 1));
}

/** The first day of the year `years` away from the day's own. */
export function startOfYear(day: Day, years = 0): Day {
  return `${String(yearAndMonth(day)[0] + years).padStart(4, "0")}-01-01`;
}

/** Year and zero-based month. */
function yearAndMonth(day: Day): [number, number] {
  return [Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1];
}
