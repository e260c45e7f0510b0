import type { EventRow } from "#contract/events.ts";
import { EVENT_TYPES, eventTypeCode } from "#core/events/event-type.ts";
import type { Database } from "#db/database.ts";
import type { EventRecord } from "#db/queries/events/event-record.ts";
import { scanEvents, type EventScan } from "#db/queries/events/list-events.ts";
import type { Deps } from "#usecases/deps.ts";
import { DEFAULT_PAGE_SIZE, type Page } from "#usecases/page.ts";
import type { SiteRef } from "#usecases/sites/site-ref.ts";
import { showEvent } from "./show-event.ts";

/**
 * How many events a filter looks through, window after window, before a page is answered short: about 170,000, well
 * under a second. The page then still says where to go on.
 */
const FILTER_WINDOWS = [2_000, 8_000, 32_000, 64_000, 64_000];

/** As the contract's query, parsed. */
export type EventsFilter = {
  type?: string | undefined;
  verdict?: "stored" | "bot" | undefined;
  limit?: number | undefined;
};

export type ListEventsInput = {
  site: SiteRef;
  /** Int of a campaign of this site; null for all. */
  campaignId: number | null;
  filter: EventsFilter;
  /** The page key's only part: the last event's id. */
  afterEventId: string | null;
};

/**
 * A page of the event log, newest first by event id. Rows that arrive meanwhile come before the page or, when their
 * sender kept them a while, among its older ones: no page shows an event twice, none is skipped.
 * With a rare filter a page may be short, even empty, and still have a `next`.
 */
export async function listEvents(
  deps: Pick<Deps, "databases">,
  { site, campaignId, filter, afterEventId }: ListEventsInput,
): Promise<Page<EventRow>> {
  const { verdict = "stored", limit = DEFAULT_PAGE_SIZE } = filter;
  const type = EVENT_TYPES.find((known) => known === filter.type);
  const isFiltered = campaignId !== null || type !== undefined;
  const found = await walkWindows(
    deps.databases.named(site.database),
    {
      siteId: site.siteId,
      verdict,
      type: type === undefined ? null : eventTypeCode(type),
      campaignId,
      afterEventId,
      limit: limit + 1,
    },
    isFiltered ? FILTER_WINDOWS : [limit + 1],
  );
  const items = found.events.slice(0, limit);
  const last = items.at(-1)?.eventId ?? null;
  const next = found.events.length > limit ? last : found.restsBelow;
  return { items: items.map(showEvent), next: next === null ? null : [next] };
}

type Walk = {
  events: EventRecord[];
  /** The id below which nothing was looked at yet; null when nothing is left. */
  restsBelow: string | null;
};

async function walkWindows(
  db: Database,
  scan: Omit<EventScan, "window">,
  windows: readonly number[],
): Promise<Walk> {
  const events: EventRecord[] = [];
  let below = scan.afterEventId;
  for (const window of windows) {
    const limit = scan.limit - events.length;
    const part = await scanEvents(db, { ...scan, afterEventId: below, limit, window });
    events.push(...part.events);
    below = part.endEventId;
    if (part.scanned < window) return { events, restsBelow: null };
    if (events.length >= scan.limit) break;
  }
  return { events, restsBelow: below };
}
