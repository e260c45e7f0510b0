import type { Monitoring } from "#contract/monitoring.ts";
import { formatAgo } from "#frontend/format/date.ts";
import { formatDuration } from "#frontend/format/duration.ts";
import { formatCount, formatShare } from "#frontend/format/number.ts";
import { FactCard } from "./fact-list.tsx";
import type { Fact } from "./fact-list.tsx";

const NO_DATA = "no data";

function counted(label: string, value: number, tone?: Fact["tone"]): Fact {
  return { label, value: formatCount(value), tone: value > 0 ? tone : undefined };
}

function ago(at: string | null, otherwise: string): string {
  return at === null ? otherwise : formatAgo(at);
}

/** From receiving to storing, by the receipts: exact. */
export function IngestCard({ ingest }: { ingest: Monitoring["ingest"] }) {
  const { lag } = ingest;
  const after = (seconds: number | undefined) =>
    seconds === undefined ? NO_DATA : formatDuration(seconds * 1_000);
  return (
    <FactCard
      title="Ingest"
      sub="By receipts, exact: received = stored + duplicate + bot + rejected + dead-lettered."
      facts={[
        counted("Bodies", ingest.bodies),
        counted("Events received", ingest.received),
        counted("Stored", ingest.stored),
        counted("Duplicate", ingest.duplicate),
        counted("Bot", ingest.bot),
        counted("Rejected", ingest.rejected),
        counted("Dead-lettered", ingest.deadLettered, "bad"),
        { label: "Lag, half of all", value: after(lag?.p50) },
        { label: "Lag, 99 of 100", value: after(lag?.p99) },
      ]}
    />
  );
}

/** What waits, and what went another way. */
export function QueuesCard({ figures }: { figures: Monitoring }) {
  const { queues, rollup, deadLetters } = figures;
  return (
    <FactCard
      title="Queues and rollups"
      sub="By the Workers' own counts, right to about one per cent."
      facts={[
        counted("Bodies accepted", queues.accepted),
        counted("Bodies taken up", queues.taken),
        counted("Put into storage instead", queues.spilled, "warn"),
        counted("Messages tried again", queues.retried, "warn"),
        counted("Messages given up", queues.buried, "bad"),
        counted("Events lost", queues.lostEvents, "bad"),
        { label: "Oldest in storage", value: ago(queues.oldestSpilledAt, "nothing waits") },
        counted("Dead letters", deadLetters.waiting, "bad"),
        counted("Hours to roll up", rollup.waitingHours),
        {
          label: "Oldest of them",
          value: rollup.lagSeconds === null ? "nothing waits" : formatDuration(rollup.lagSeconds * 1_000),
        },
        { label: "Last rolled up", value: ago(rollup.lastSuccessAt, NO_DATA) },
      ]}
    />
  );
}

/** What became of what was ordered within the range. */
export function ReportsCard({ reports, mails }: Pick<Monitoring, "reports" | "mails">) {
  return (
    <FactCard
      title="Reports and mails"
      sub="Of reports ordered within the range, and the mails that carry them."
      facts={[
        counted("Reports ready", reports.ready),
        counted("Being built", reports.pending),
        counted("Skipped", reports.skipped),
        counted("Reports failed", reports.failed, "bad"),
        counted("Mails sent", mails.sent),
        counted("Mails waiting", mails.waiting),
        counted("Mails failed", mails.failed, "bad"),
        counted("Not known whether sent", mails.unknown, "warn"),
        counted("Bounced", mails.bounced, "warn"),
        counted("Complained of", mails.complained, "bad"),
      ]}
    />
  );
}

/** How often the cache knew the answer. */
export function CacheCard({ cache }: { cache: Monitoring["cache"] }) {
  return (
    <FactCard
      title="Cache"
      sub="It is never needed: without it screens are slower, and right."
      facts={[
        { label: "State", value: cache.isUp ? "answers" : "away", tone: cache.isUp ? undefined : "warn" },
        {
          label: "Hit rate",
          explanation: "Hits, those that are renewed meanwhile included, of all questions.",
          value: cache.hitRate === null ? NO_DATA : formatShare(cache.hitRate),
        },
        counted("Hits", cache.hits),
        counted("Misses", cache.misses),
        counted("Renewed meanwhile", cache.stale),
        counted("Asked in vain", cache.down, "warn"),
      ]}
    />
  );
}
