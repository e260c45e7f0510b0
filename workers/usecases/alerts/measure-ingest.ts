import { judgeWaiting } from "#core/alerts/judge-operations.ts";
import type { WaitingCause } from "#core/alerts/alert-cause.ts";
import { firstAcceptedSince, measureStoredLag } from "#db/queries/alerts/measure-operations.ts";
import type { SpillAge } from "#platform/spill-age.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";
import { ofInstallation } from "./measure-requests.ts";
import { MINUTE_MS, type Measured } from "./measured.ts";

export type MeasureIngestDeps = Pick<Deps, "databases"> & { spillAge: SpillAge };

export type IngestMeasures = {
  measured: Measured[];
  /** Whether what a database has not stored may simply be on its way. */
  isStalled(database: string): boolean;
};

/** What is on its way longer says nothing about the site that sent it. */
const STALLED_SECONDS = 5 * 60;
/** A body that was taken in the very minute may be on its way. */
const UNDER_WAY_MS = 2 * MINUTE_MS;

type Lag = { subject: string; seconds: number; what: WaitingCause["what"] };

/**
 * How long events take from collect into each database; how long the first body has waited that collect took since the
 * newest that is stored anywhere; and the oldest in the spill. A database that is away is left out, and so is the queue
 * then: what is in it may be for that one.
 */
export async function measureIngest(deps: MeasureIngestDeps, at: Date): Promise<IngestMeasures> {
  const stored = await Promise.all(
    deps.databases.names().map(async (database) => ({ database, lag: await storedLag(deps, database, at) })),
  );
  const known = stored.flatMap(({ database, lag }) =>
    lag === null ? [] : [{ subject: database, seconds: Math.round((lag.lagMs ?? 0) / 1_000), ...lag }],
  );
  const newestMs = Math.max(0, ...known.map(({ newestReceivedMs }) => newestReceivedMs ?? 0));
  const lags: Lag[] = known.map(({ subject, seconds }) => ({ subject, seconds, what: "bodies" }));
  if (known.length === stored.length) lags.push(await queueLag(deps, { newestMs, at }));
  const spilledAt = await deps.spillAge();
  const spilledMs = spilledAt === null ? 0 : Math.max(0, at.getTime() - spilledAt.getTime());
  lags.push({ subject: "spill", seconds: Math.round(spilledMs / 1_000), what: "spill" });
  return {
    measured: lags.map(({ subject, seconds, what }) => ({
      ...ofInstallation("ingest-lag", subject),
      judge: (numbers) => judgeWaiting({ kind: "ingest-lag", seconds, what }, numbers),
    })),
    isStalled: (database) =>
      lags.some(
        ({ subject, seconds }) =>
          seconds > STALLED_SECONDS && (subject === database || subject === "queue" || subject === "spill"),
      ),
  };
}

async function storedLag({ databases }: MeasureIngestDeps, database: string, at: Date) {
  try {
    return await measureStoredLag(databases.named(database), at);
  } catch {
    // Another look at this database fails as well and is told; here it means that nothing is known of it.
    return null;
  }
}

async function queueLag(
  deps: MeasureIngestDeps,
  { newestMs, at }: { newestMs: number; at: Date },
): Promise<Lag> {
  const dayAgo = at.getTime() - 24 * 60 * MINUTE_MS;
  // Counters have minutes: that of the newest body is served.
  const since = new Date(Math.max(newestMs, dayAgo));
  const until = new Date(at.getTime() - UNDER_WAY_MS);
  const firstMs = await firstAcceptedSince(controlDatabase(deps), { since, until });
  const seconds = firstMs === null ? 0 : Math.round((at.getTime() - firstMs) / 1_000);
  return { subject: "queue", seconds, what: "bodies" };
}
