import { sql, type SQL } from "drizzle-orm";

import type { BatchParameters } from "./batch-parameters.ts";
import { continuedVisits, derivedSessions, keptFullStretches } from "./derive-sessions.ts";
import { derivedTouchpoints } from "./derive-touchpoints.ts";
import { emptiedVisitors } from "./lock-visitors.ts";
import { changedMoments, markedHours, notedFirstEvents, raiseDataVersions } from "./mark-stale.ts";
import { sessionActivity, touchedStretches, touchedVisitors } from "./touched.ts";

/**
 * Derives sessions and touchpoints of the stretches that the batch changed, and marks every hour and day of which it
 * changed anything: one statement, so that the events of the stretches are read once. Last in the batch: the marks are
 * the rows that all batches of a site share, and so they are locked for a short time.
 */
export function deriveVisits(batch: BatchParameters): SQL {
  return sql`
    with recursive ${touchedVisitors(batch)}, ${touchedStretches()}, ${sessionActivity()},
    ${derivedSessions()}, ${keptFullStretches()}, ${continuedVisits()}, ${derivedTouchpoints()},
    ${emptiedVisitors(batch)}, ${notedFirstEvents()}, ${changedMoments(batch)}, ${markedHours()}
    ${raiseDataVersions()}`;
}
