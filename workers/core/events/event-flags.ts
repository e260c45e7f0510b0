/** The bits of `events.flags`. */
export const EVENT_FLAGS = {
  /** The client's time was not believable: the edge's stands in. */
  timeReplaced: 1,
  /** NUL or lone surrogates were cleaned away. */
  cleaned: 2,
  /** Sent with an API key: its copy of an order decides value and currency (decisions 17). */
  keyed: 4,
  /** Counts as activity: takes part in sessions. */
  inSession: 8,
  /** A test conversion: never counted. */
  test: 16,
  /** No salt was there: the event has no visitor though it should. */
  noSalt: 32,
} as const;
