/** A 95 % interval. */
export type Interval = { low: number; high: number };
