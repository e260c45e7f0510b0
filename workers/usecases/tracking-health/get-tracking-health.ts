import type { TrackingHealth } from "#contract/tracking.ts";
import { eventTypeName } from "#core/events/event-type.ts";
import { refusedSinceMs } from "#core/tracking/refused-since.ts";
import { trackingState } from "#core/tracking/tracking-state.ts";
import { loadTrackingHealth, type TrackingHealthRow } from "#db/queries/ledger/tracking-health.ts";
import type { Deps } from "#usecases/deps.ts";
import type { SiteRef } from "#usecases/sites/site-ref.ts";

/** Whether a site's events arrive, and how soon they are stored and counted. */
export async function getTrackingHealth(
  deps: Pick<Deps, "databases" | "clock">,
  site: Pick<SiteRef, "siteId" | "database">,
): Promise<TrackingHealth> {
  const now = deps.clock.now();
  const db = deps.databases.named(site.database);
  const refusedSince = new Date(refusedSinceMs(now.getTime())).toISOString();
  const row = await loadTrackingHealth(db, {
    siteId: site.siteId,
    nowIso: now.toISOString(),
    refusedSinceIso: refusedSince,
  });
  const { state, expectedEvents } = trackingState({
    nowMs: now.getTime(),
    lastReceivedAtMs: msOf(row.lastReceivedAt),
    recent: { received: row.received, kept: row.stored + row.duplicate },
    activity: row.activity.map(({ at, events }) => ({ atMs: Date.parse(at), events })),
    lagP95Seconds: row.lagP95Seconds,
    backlogSinceMs: msOf(row.staleSince),
  });
  const { bodies, received, stored, duplicate, bot, rejected, deadLettered } = row;
  return {
    asOf: now.toISOString(),
    state,
    lastReceivedAt: row.lastReceivedAt,
    firstEventAt: row.firstEventAt,
    lastEvent: lastEventOf(row),
    expectedEvents,
    recent: { bodies, received, stored, duplicate, bot, rejected, deadLettered },
    lag: lagOf(row),
    backlog: { hours: row.staleHours, oldestAt: row.staleSince },
    refused: { since: refusedSince, byCode: row.refused },
  };
}

function lastEventOf(row: TrackingHealthRow): TrackingHealth["lastEvent"] {
  if (row.lastEventType === null || row.lastEventReceivedAt === null) return null;
  const page = row.lastEventHost === null ? null : `${row.lastEventHost}${row.lastEventPath ?? ""}`;
  return { type: eventTypeName(row.lastEventType) ?? "unknown", receivedAt: row.lastEventReceivedAt, page };
}

function lagOf({ lagBodies, lagP50Seconds, lagP95Seconds }: TrackingHealthRow): TrackingHealth["lag"] {
  if (lagP50Seconds === null || lagP95Seconds === null) return null;
  return { bodies: lagBodies, p50Seconds: rounded(lagP50Seconds), p95Seconds: rounded(lagP95Seconds) };
}

/** To tenths: the clocks of edge and database agree no better. */
function rounded(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}

function msOf(instant: string | null): number | null {
  return instant === null ? null : Date.parse(instant);
}
