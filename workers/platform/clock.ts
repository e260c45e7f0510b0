/** The time, passed in wherever it is needed. */
export type Clock = { now(): Date };

export const systemClock: Clock = { now: () => new Date() };
