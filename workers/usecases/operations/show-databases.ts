import type { Monitoring } from "#contract/monitoring.ts";
import { weightedQuantile } from "#core/operations/weighted-quantile.ts";
import type { DatabaseState } from "#db/queries/operations/database-state.ts";
import type { LoadedDatabase } from "./load-databases.ts";

type Shown = Pick<Monitoring, "ingest" | "deadLetters" | "reports" | "mails" | "databases"> & {
  rollup: Omit<Monitoring["rollup"], "lastSuccessAt">;
};

/** Figures of all databases that answered, in one. */
export function showDatabases(loaded: readonly LoadedDatabase[], now: Date): Shown {
  const states = loaded.flatMap(({ state }) => state ?? []);
  const sum = (of: (state: DatabaseState) => number | undefined): number =>
    states.reduce((total, state) => total + (of(state) ?? 0), 0);
  return {
    ingest: ingestOf(states, sum),
    deadLetters: {
      waiting: sum(({ waitingLetters }) => waitingLetters),
      oldestAt: oldest(states.map(({ oldestLetterAt }) => oldestLetterAt)),
    },
    rollup: rollupOf(states, now),
    reports: {
      ready: sum(({ reports }) => reports.ready),
      failed: sum(({ reports }) => reports.failed),
      skipped: sum(({ reports }) => reports.skipped),
      pending: sum(({ reports }) => reports.pending),
    },
    mails: {
      sent: sum(({ mails }) => mails.sent),
      failed: sum(({ mails }) => mails.failed),
      unknown: sum(({ mails }) => mails.unknown),
      waiting: sum(({ mails }) => (mails.pending ?? 0) + (mails.built ?? 0)),
      bounced: sum(({ bounced }) => bounced),
      complained: sum(({ complained }) => complained),
    },
    databases: loaded.map(({ name, state, slowest }) => ({
      name,
      isUp: state !== null,
      bytes: state?.bytes ?? null,
      slowest,
    })),
  };
}

type Sum = (of: (state: DatabaseState) => number | undefined) => number;

function ingestOf(states: readonly DatabaseState[], sum: Sum): Monitoring["ingest"] {
  return {
    bodies: sum(({ bodies }) => bodies),
    received: sum(({ received }) => received),
    stored: sum(({ stored }) => stored),
    duplicate: sum(({ duplicate }) => duplicate),
    bot: sum(({ bot }) => bot),
    rejected: sum(({ rejected }) => rejected),
    deadLettered: sum(({ deadLettered }) => deadLettered),
    lag: lagOf(states.flatMap(({ lags }) => lags)),
  };
}

function lagOf(lags: readonly [number, number][]): Monitoring["ingest"]["lag"] {
  const p50 = weightedQuantile(lags, 0.5);
  const p95 = weightedQuantile(lags, 0.95);
  const p99 = weightedQuantile(lags, 0.99);
  if (p50 === null || p95 === null || p99 === null) return null;
  return { bodies: lags.reduce((sum, [, bodies]) => sum + bodies, 0), p50, p95, p99 };
}

function rollupOf(states: readonly DatabaseState[], now: Date): Shown["rollup"] {
  const oldestAt = oldest(states.map(({ oldestStaleAt }) => oldestStaleAt));
  return {
    waitingHours: states.reduce((total, { staleHours }) => total + staleHours, 0),
    oldestAt,
    lagSeconds:
      oldestAt === null ? null : Math.max(0, Math.round((now.getTime() - Date.parse(oldestAt)) / 1_000)),
  };
}

/** ISO instants of one form sort as they are. */
function oldest(instants: readonly (string | null)[]): string | null {
  return instants.filter((at) => at !== null).toSorted()[0] ?? null;
}
