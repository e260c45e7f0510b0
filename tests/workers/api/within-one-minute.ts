/** The brake counts by the minute of the clock: what a minute's end cut in two proves nothing and is done again. */
export async function withinOneMinute<T>(attempts: () => Promise<T>): Promise<T> {
  const minute = () => Math.floor(Date.now() / 60_000);
  for (;;) {
    const before = minute();
    const outcome = await attempts();
    if (minute() === before) return outcome;
  }
}
