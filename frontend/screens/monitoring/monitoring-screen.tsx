import "./monitoring.css";

import type { Monitoring, MonitoringRange } from "#contract/monitoring.ts";
import { paths } from "#frontend/api/paths.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import type { Resource } from "#frontend/api/use-resource.ts";
import { formatClock } from "#frontend/format/date.ts";
import { NotFound } from "#frontend/frame/not-found.tsx";
import { Page } from "#frontend/frame/page.tsx";
import { PageSkeleton } from "#frontend/frame/page-skeleton.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { Segments } from "#frontend/parts/tabs.tsx";
import { useQuery } from "#frontend/state/use-query.ts";
import { useWorkspace } from "#frontend/state/workspace.ts";
import { CronsCard } from "./crons-card.tsx";
import { DatabasesCard } from "./databases-card.tsx";
import { ErrorsCard } from "./errors-card.tsx";
import { CacheCard, IngestCard, QueuesCard, ReportsCard } from "./fact-cards.tsx";
import { KeyFigures } from "./key-figures.tsx";
import { RefusedTable } from "./refused-table.tsx";
import { RequestChart } from "./request-chart.tsx";
import { RoutesCard } from "./routes-card.tsx";
import { VerdictCard } from "./verdict-card.tsx";

const RANGES: readonly { value: MonitoringRange; label: string }[] = [
  { value: "1h", label: "1 hour" },
  { value: "24h", label: "24 hours" },
  { value: "7d", label: "7 days" },
];
/** How often the page asks again: the longer the range, the less changes. */
const POLL_MS: Readonly<Record<MonitoringRange, number>> = { "1h": 10_000, "24h": 30_000, "7d": 120_000 };

/** How the installation is doing; for whoever runs it. */
export function MonitoringScreen() {
  const { me } = useWorkspace();
  return me.superadmin ? <MonitoringPage /> : <NotFound />;
}

function MonitoringPage() {
  const [query, setQuery] = useQuery();
  const range = RANGES.find(({ value }) => value === query.range)?.value ?? "1h";
  const resource = useResource<Monitoring>(paths.monitoring(range), { everyMs: POLL_MS[range] });
  return (
    <Page
      title="Monitoring"
      aside={<AsOf resource={resource} />}
      tools={
        <Segments
          label="Range"
          value={range}
          options={RANGES}
          onValue={(value) => setQuery({ range: value === "1h" ? null : value }, true)}
        />
      }
    >
      <Loaded resource={resource} what="The figures" skeleton={<PageSkeleton />}>
        {(figures) => <Figures figures={figures} />}
      </Loaded>
    </Page>
  );
}

function AsOf({ resource: { value, problem } }: { resource: Resource<Monitoring> }) {
  if (value === undefined) return <span class="muted">All of this installation</span>;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <span class={problem ? "mon-live mon-paused" : "mon-live"}>
      <i aria-hidden="true" />
      {problem ? "Not renewed since" : "As of"} {formatClock(value.asOf, zone)}
    </span>
  );
}

function Figures({ figures }: { figures: Monitoring }) {
  return (
    <div class="stack mon-page" style={{ "--gap": "16px" }}>
      <VerdictCard figures={figures} />
      <KeyFigures figures={figures} />
      <RequestChart figures={figures} />
      <div class="mon-grid">
        <IngestCard ingest={figures.ingest} />
        <QueuesCard figures={figures} />
        <ReportsCard reports={figures.reports} mails={figures.mails} />
        <CacheCard cache={figures.cache} />
      </div>
      <RoutesCard requests={figures.requests} />
      <div class="mon-pair">
        <RefusedTable refused={figures.requests.refused} />
        <ErrorsCard errors={figures.errors} />
      </div>
      <CronsCard crons={figures.crons} />
      <DatabasesCard databases={figures.databases} />
    </div>
  );
}
