import type { RefusedRequests } from "#contract/tracking.ts";
import { NO_SITE } from "#core/tracking/refusal-code.ts";
import { refusedSinceMs } from "#core/tracking/refused-since.ts";
import { listRefused } from "#db/queries/ledger/refused-hours.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";

/** Requests of the last 24 hours that named no known site, for whoever runs the installation. */
export async function listUnknownRefusals(deps: Pick<Deps, "databases" | "clock">): Promise<RefusedRequests> {
  const since = new Date(refusedSinceMs(deps.clock.now().getTime())).toISOString();
  return { since, byCode: await listRefused(controlDatabase(deps), { siteId: NO_SITE, sinceIso: since }) };
}
