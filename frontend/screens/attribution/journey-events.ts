import type { Journey, TimelineTouchpoint } from "#contract/glass-box.ts";

/** What happened on the way, each at its time. */
export type JourneyEvent =
  | { kind: "touch"; at: string; touch: TimelineTouchpoint }
  | { kind: "visit"; at: string; visit: Journey["visits"][number] }
  | { kind: "identified"; at: string; device: number }
  | { kind: "previous"; at: string }
  | { kind: "conversion"; at: string }
  | { kind: "refund"; at: string; refund: Journey["refunds"][number] };

/** At one moment: what led there before what followed. */
const RANK: Readonly<Record<JourneyEvent["kind"], number>> = {
  previous: 0,
  touch: 1,
  visit: 2,
  identified: 3,
  conversion: 4,
  refund: 5,
};

/** Oldest first. */
export function journeyEvents(journey: Journey): JourneyEvent[] {
  const { touchpoints, visits, identified, previousConversionAt, conversion, refunds } = journey;
  const events: JourneyEvent[] = [
    ...(previousConversionAt ? [{ kind: "previous" as const, at: previousConversionAt }] : []),
    ...touchpoints.map((touch) => ({ kind: "touch" as const, at: touch.at, touch })),
    ...visits.map((visit) => ({ kind: "visit" as const, at: visit.startedAt, visit })),
    ...identified.map(({ at, device }) => ({ kind: "identified" as const, at, device })),
    { kind: "conversion", at: conversion.at },
    ...refunds.map((refund) => ({ kind: "refund" as const, at: refund.at, refund })),
  ];
  return events.toSorted(
    (one, other) => Date.parse(one.at) - Date.parse(other.at) || RANK[one.kind] - RANK[other.kind],
  );
}
