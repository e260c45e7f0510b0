/** Days `YYYY-MM-DD` of the site's zone, both inside; null leaves an end open. */
export type Flight = { startsOn: string | null; endsOn: string | null };

/** Whether both ends are given and in the wrong order. A flight of one day is in order. */
export function endsBeforeItStarts(flight: Flight): flight is { startsOn: string; endsOn: string } {
  return flight.startsOn !== null && flight.endsOn !== null && flight.endsOn < flight.startsOn;
}
