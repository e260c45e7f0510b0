/**
 * Does the work for one entry after the other; one that fails harms no other. Throws at the end: the failure itself
 * when there was one, an `AggregateError` of all when there were more.
 */
export async function eachApart<T>(entries: Iterable<T>, work: (entry: T) => Promise<void>): Promise<void> {
  const failures: unknown[] = [];
  for (const entry of entries) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
      await work(entry);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length === 1) throw failures[0];
  if (failures.length > 1) throw new AggregateError(failures, `${failures.length} entries failed`);
}
