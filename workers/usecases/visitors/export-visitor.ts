import type { ExportedEvent, VisitorExport } from "#contract/visitors.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { Database } from "#db/database.ts";
import type { EventRecord } from "#db/queries/events/event-record.ts";
import { selectVisitor, selectVisitorEvents, type EventCursor } from "#db/queries/visitors/export-visitor.ts";
import { showEvent } from "#usecases/events/show-event.ts";
import type { Deps } from "#usecases/deps.ts";
import type { SiteRef } from "#usecases/sites/site-ref.ts";
import type { VisitorNotFound } from "./erase-visitor.ts";

export type ExportVisitorInput = {
  site: Pick<SiteRef, "siteId" | "database" | "publicId">;
  visitorId: string;
};

const EVENTS_A_PAGE = 5_000;

/** Everything that is held of one visitor, raw and derived. The events are read page by page. */
export async function exportVisitor(
  deps: Pick<Deps, "databases" | "clock">,
  { site, visitorId }: ExportVisitorInput,
): Promise<Result<VisitorExport, VisitorNotFound>> {
  const db = deps.databases.named(site.database);
  const rows = await selectVisitor(db, { siteId: site.siteId, visitorId });
  if (rows === null) return fail({ kind: "visitor_not_found" });

  const { visitor, conversions, refunds, ...lists } = rows;
  return ok({
    site: site.publicId,
    exportedAt: deps.clock.now().toISOString(),
    visitor: { id: visitorId, ...visitor },
    events: await allEvents(db, { siteId: site.siteId, visitorId }),
    ...lists,
    conversions: conversions.map(({ valueMinor, currency, ...rest }) => ({
      ...rest,
      value: { minor: valueMinor, currency },
    })),
    refunds: refunds.map(({ valueMinor, currency, ...rest }) => ({
      ...rest,
      value: valueMinor === null || currency === null ? null : { minor: valueMinor, currency },
    })),
  });
}

async function allEvents(
  db: Database,
  facts: { siteId: number; visitorId: string },
): Promise<ExportedEvent[]> {
  const events: ExportedEvent[] = [];
  let after: EventCursor = null;
  for (;;) {
    // A page begins where the one before ended.
    // oxlint-disable-next-line no-await-in-loop
    const page: EventRecord[] = await selectVisitorEvents(db, { ...facts, after, limit: EVENTS_A_PAGE });
    events.push(
      ...page.map((record) => ({
        ...showEvent(record),
        visitor: record.visitorId,
        source: record.source && { ...record.source },
      })),
    );
    const last = page.at(-1);
    if (page.length < EVENTS_A_PAGE || !last) return events;
    after = { occurredAtMs: last.occurredAtMs, eventId: last.eventId };
  }
}
