import type { ProductMetrics, StepTimes } from "#contract/product-metrics.ts";
import { formatDayShort } from "#frontend/format/date.ts";
import { formatDuration } from "#frontend/format/duration.ts";
import { formatCount } from "#frontend/format/number.ts";
import { Card } from "#frontend/parts/card.tsx";
import { DataTable } from "#frontend/parts/data-table.tsx";
import type { Column } from "#frontend/parts/data-table.tsx";

type Cohort = ProductMetrics["cohorts"][number];
type Step = ProductMetrics["steps"][number]["step"];

/** The same by the week in which people registered: whether it gets better. */
export function CohortsCard({ cohorts }: { cohorts: readonly Cohort[] }) {
  return (
    <div class="product-cohorts">
      <Card
        title="By week of registering"
        sub="ISO weeks, UTC. The newest have had the least time to get anywhere."
        flush
      >
        <DataTable
          caption="Users by week of registering"
          groups={[
            { label: "", span: 2 },
            { label: "Reached by now", span: STEPS.length },
            { label: "Time to first value", span: 6 },
          ]}
          columns={COLUMNS}
          rows={cohorts}
          keyOf={({ week }) => week}
        />
      </Card>
    </div>
  );
}

const STEPS: readonly { step: Step; header: string; explanation: string }[] = [
  { step: "site", header: "Site", explanation: "Made a site" },
  { step: "campaign", header: "Campaign", explanation: "Made a campaign: first value" },
  { step: "event", header: "Event", explanation: "A site of the account had its first event" },
  {
    step: "conversion",
    header: "Conversion",
    explanation: "The account had its first attributed conversion",
  },
  { step: "report", header: "Report", explanation: "The first report they ordered was delivered" },
];

const TIMES: readonly { key: keyof StepTimes; header: string; explanation?: string }[] = [
  { key: "p50Ms", header: "p50", explanation: "Half of those who made a campaign took no longer" },
  { key: "p75Ms", header: "p75" },
  { key: "p90Ms", header: "p90" },
  { key: "p95Ms", header: "p95" },
  { key: "meanMs", header: "Mean" },
];

const COLUMNS: readonly Column<Cohort>[] = [
  {
    key: "week",
    header: "Week",
    sortBy: ({ startsOn }) => startsOn,
    cell: ({ week, startsOn }) => (
      <>
        <strong class="num">{week}</strong>
        <span class="table-sub">from {formatDayShort(startsOn)}</span>
      </>
    ),
  },
  {
    key: "registered",
    header: "Registered",
    numeric: true,
    sortBy: ({ registered }) => registered,
    cell: ({ registered }) => formatCount(registered),
  },
  ...STEPS.map(({ step, header, explanation }, index): Column<Cohort> => ({
    key: step,
    header,
    explanation,
    numeric: true,
    edge: index === 0,
    wideOnly: step !== "campaign",
    sortBy: ({ reached }) => reached[step],
    share: ({ reached, registered }) => (registered === 0 ? 0 : reached[step] / registered),
    cell: ({ reached, registered }) => (registered === 0 ? "–" : formatCount(reached[step])),
  })),
  ...TIMES.map(({ key, header, explanation }, index): Column<Cohort> => ({
    key,
    header,
    ...(explanation === undefined ? {} : { explanation }),
    numeric: true,
    edge: index === 0,
    wideOnly: key !== "p50Ms",
    sortBy: ({ ttfv }) => ttfv?.[key] ?? null,
    cell: ({ ttfv }) => formatDuration(ttfv?.[key] ?? null),
  })),
  {
    key: "n",
    header: "Users",
    explanation: "How many the times are of",
    numeric: true,
    wideOnly: true,
    sortBy: ({ ttfv }) => ttfv?.n ?? 0,
    cell: ({ ttfv }) => (ttfv ? formatCount(ttfv.n) : "–"),
  },
];
