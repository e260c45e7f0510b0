import type { Meter } from "#platform/meter.ts";

/** For use cases whose measures are not what a test is about. */
export const silentMeter: Meter = { request: () => {}, count: () => {}, failure: () => {} };
