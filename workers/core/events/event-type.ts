/** The kinds of event and the small integers that stand for them in the database. */
export const EVENT_TYPE_CODES = {
  impression: 1,
  click: 2,
  pageview: 3,
  conversion: 4,
  custom: 5,
  refund: 6,
  identify: 7,
  consent: 8,
} as const;

export type EventType = keyof typeof EVENT_TYPE_CODES;

export const EVENT_TYPES = Object.keys(EVENT_TYPE_CODES) as readonly EventType[];

/** The integer kept in `events.type`. */
export function eventTypeCode(type: EventType): number {
  return EVENT_TYPE_CODES[type];
}

/** The name of a stored code; null for a code this version does not know. */
export function eventTypeName(code: number): EventType | null {
  return EVENT_TYPES.find((type) => EVENT_TYPE_CODES[type] === code) ?? null;
}
