/** When the oldest of the bodies was written that wait in storage to be ingested; null when none does. */
export type SpillAge = () => Promise<Date | null>;

/** The part of an `R2Bucket` binding that is used. */
export type AgedBucket = {
  list(options: { prefix: string; limit: number }): Promise<{ objects: { uploaded: Date }[] }>;
};

/** Collect's objects are named by their hour, those that a queue gave up on by a receipt's time: the first is the oldest. */
const PREFIXES = ["spill/", "spill/given-up/"] as const;

export function spillAge(bucket: AgedBucket): SpillAge {
  return async () => {
    const pages = await Promise.all(PREFIXES.map(async (prefix) => await bucket.list({ prefix, limit: 1 })));
    const times = pages.flatMap(({ objects }) => objects.map(({ uploaded }) => uploaded.getTime()));
    return times.length === 0 ? null : new Date(Math.min(...times));
  };
}
