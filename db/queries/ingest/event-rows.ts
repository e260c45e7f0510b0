import type { PreparedBatch } from "#core/ingest/prepare-batch.ts";

type BatchEvent = PreparedBatch["events"][number];

/** An event to be stored: what it refers to are places, from 1, in lists that are written down once. */
export type EventRow = BatchEvent & {
  /** Of its body in the batch's receipts. */
  receipt: number;
  source: number | null;
  page: number | null;
  agentPlace: number;
};

/** An entry of a dictionary, by what it is found by. */
export type Reference = { siteId: number; key: readonly string[] };

export type EventRows = {
  rows: EventRow[];
  sources: Reference[];
  pages: Reference[];
  agents: Reference[];
  /** By body: its events, and of how many ids it is the one that counts. */
  counts: { events: number; ids: number }[];
};

/** The events of a batch, each id once and in the order of the key, with their references. */
export function eventRows({ events, receipts }: Pick<PreparedBatch, "events" | "receipts">): EventRows {
  const [sources, pages, agents] = [referenceList(), referenceList(), referenceList()];
  const places = new Map(
    receipts.map(({ siteId, receiptId }, index) => [`${siteId}/${receiptId}`, index + 1]),
  );
  const placeOf = ({ siteId, receiptId }: BatchEvent): number => {
    const place = places.get(`${siteId}/${receiptId}`);
    if (place === undefined) throw new Error(`An event of no receipt in its batch: ${receiptId}`);
    return place;
  };
  const rows = leastReceived(events).map((event) => ({
    ...event,
    receipt: placeOf(event),
    source: event.sourceKey === null ? null : sources.place(event.siteId, [event.sourceKey]),
    page: event.pageKey === null ? null : pages.place(event.siteId, [event.pageKey]),
    agentPlace: agents.place(event.siteId, event.agent),
  }));
  const [sent, counted] = [countBy(events.map(placeOf)), countBy(rows.map(({ receipt }) => receipt))];
  return {
    rows,
    sources: sources.entries,
    pages: pages.entries,
    agents: agents.entries,
    counts: receipts.map((_, index) => ({
      events: sent.get(index + 1) ?? 0,
      ids: counted.get(index + 1) ?? 0,
    })),
  };
}

function countBy(places: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const place of places) counts.set(place, (counts.get(place) ?? 0) + 1);
  return counts;
}

/**
 * Each id once: of events that share one that which was received first, then that of the lesser receipt, then the first
 * of its body. By site and id, as Postgres sorts them.
 */
export function leastReceived(events: readonly BatchEvent[]): BatchEvent[] {
  const least = new Map<string, BatchEvent>();
  for (const event of events) {
    const key = keyOf(event);
    const known = least.get(key);
    if (!known || isBefore(event, known)) least.set(key, event);
  }
  return [...least.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, event]) => event);
}

/** In lower case the texts of ids sort as Postgres sorts the ids. */
function keyOf({ siteId, eventId }: BatchEvent): string {
  return `${String(siteId).padStart(10, "0")}/${eventId.toLowerCase()}`;
}

function isBefore(event: BatchEvent, known: BatchEvent): boolean {
  if (event.receivedAtMs !== known.receivedAtMs) return event.receivedAtMs < known.receivedAtMs;
  return event.receiptId.toLowerCase() < known.receiptId.toLowerCase();
}

function referenceList() {
  const entries: Reference[] = [];
  const places = new Map<string, number>();
  return {
    entries,
    /** Where the entry stands, from 1; at the end if it is new. */
    place(siteId: number, key: readonly string[]): number {
      const name = JSON.stringify([siteId, ...key]);
      const known = places.get(name);
      if (known !== undefined) return known;
      places.set(name, entries.push({ siteId, key }));
      return entries.length;
    },
  };
}
