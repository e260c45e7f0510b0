const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAYS_OF_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const FEBRUARY = 2;

/** Whether `YYYY-MM-DD` is a day of the Gregorian calendar: 2024-02-29 is, 2026-02-29 is not. */
export function isCalendarDay(text: string): boolean {
  const match = DAY.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const isLeapYear = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const length = (DAYS_OF_MONTH[month - 1] ?? 0) + (month === FEBRUARY && isLeapYear ? 1 : 0);
  return year > 0 && day >= 1 && day <= length;
}
