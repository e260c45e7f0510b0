/** What is told of an alert; of each, every channel is told once. */
export type Notice = "fired" | "resolved" | `reminder-${number}`;

export type FiringAlert = {
  firedAtMs: number;
  acknowledgedAtMs: number | null;
  /** How often it was repeated. */
  reminders: number;
};

/**
 * The repeat that is due, null when none is: one for each whole interval since it fired, and those that were missed are
 * not made up for. None once somebody has acknowledged it.
 */
export function dueReminder(alert: FiringAlert, atMs: number, repeatMs: number): number | null {
  if (alert.acknowledgedAtMs !== null || repeatMs <= 0) return null;
  const number = Math.floor((atMs - alert.firedAtMs) / repeatMs);
  return number > alert.reminders ? number : null;
}
