import type { Site } from "#contract/sites.ts";
import type { PacingAnswer, PacingRow } from "#contract/spend.ts";
import { missingReason } from "#frontend/analytics/kpi-view.ts";
import { paths } from "#frontend/api/paths.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { formatShare, formatWholeShare, NO_VALUE } from "#frontend/format/number.ts";
import { Badge } from "#frontend/parts/badge.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { DataTable } from "#frontend/parts/data-table.tsx";
import type { Column } from "#frontend/parts/data-table.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { TableSkeleton } from "#frontend/parts/skeleton.tsx";
import { Term } from "#frontend/parts/tooltip.tsx";
import { flightLabel } from "#frontend/screens/campaigns/status.ts";
import { SPENT_OF_BUDGET, SpentOfBudget } from "#frontend/spend/spent-of-budget.tsx";
import { useHref } from "#frontend/state/links.ts";

/** Within a tenth of its plan a campaign is on pace. */
const NEAR = 0.1;

/** Budgets against time: who spends faster or slower than planned. */
export function PacingCard({ site }: { site: Site }) {
  const href = useHref();
  const resource = useResource<PacingAnswer>(paths.pacing(site.id));
  return (
    <Card title="Budgets" sub="Spend to date against the share of the flight that is over." id="pacing" flush>
      <Loaded
        resource={resource}
        what="The budgets"
        skeleton={<TableSkeleton label="budgets" rows={3} />}
        compact
      >
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="No budgets yet" picture="none" compact>
              Give a campaign a budget and a flight in its settings, and you see here whether it is on pace.
            </EmptyState>
          ) : (
            <DataTable
              caption="Budgets"
              columns={columns((id) => href(`/campaigns/${id}/settings`))}
              rows={items}
              keyOf={(row) => row.campaignId}
            />
          )
        }
      </Loaded>
    </Card>
  );
}

function columns(address: (id: string) => string): Column<PacingRow>[] {
  return [
    {
      key: "name",
      header: "Campaign",
      sortBy: (row) => row.name,
      cell: (row) => (
        <div class="spend-two-lines">
          <a href={address(row.campaignId)}>{row.name}</a>
          <span class="spend-under">{flightLabel(row.startsOn, row.endsOn)}</span>
        </div>
      ),
    },
    {
      key: "spent",
      ...SPENT_OF_BUDGET,
      sortBy: (row) => row.spent.value,
      cell: (row) => <SpentCell row={row} />,
    },
    {
      key: "elapsed",
      header: "Flight over",
      explanation: "Days of the flight that are over, today included, of all its days.",
      numeric: true,
      wideOnly: true,
      sortBy: (row) => row.elapsed.value,
      cell: (row) => formatShare(row.elapsed.value),
    },
    {
      key: "pace",
      header: "Pace",
      explanation: "Spend compared with what the elapsed days would come to: 100% is exactly on plan.",
      numeric: true,
      wideOnly: true,
      sortBy: (row) => row.pace.value,
      cell: (row) => <PaceCell row={row} />,
    },
  ];
}

function SpentCell({ row }: { row: PacingRow }) {
  return (
    <div class="spend-budget">
      <SpentOfBudget {...row} />
      <span class="spend-narrow">
        <PaceCell row={row} />
      </span>
    </div>
  );
}

function PaceCell({ row: { pace } }: { row: PacingRow }) {
  if (pace.value === null) {
    return <Term explanation={pace.reason ? missingReason(pace.reason) : ""}>{NO_VALUE}</Term>;
  }
  const tone = Math.abs(pace.value - 1) <= NEAR ? "good" : "warn";
  const word = tone === "good" ? "on plan" : pace.value > 1 ? "ahead" : "behind";
  return (
    <Badge tone={tone}>
      {word}, {formatWholeShare(pace.value)}
    </Badge>
  );
}
