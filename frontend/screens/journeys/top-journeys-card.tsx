import type { AttributionRow } from "#contract/attribution.ts";
import type { GroupName } from "#contract/glass-box.ts";
import type { JourneysReady, TopJourney } from "#contract/journeys.ts";
import type { Grouping } from "#core/attribution/grouping.ts";
import { rowName } from "#frontend/attribution/grouping-words.ts";
import { formatMoney } from "#frontend/format/money.ts";
import { formatCount, formatShare } from "#frontend/format/number.ts";
import { Card } from "#frontend/parts/card.tsx";
import { DataTable } from "#frontend/parts/data-table.tsx";
import type { Column } from "#frontend/parts/data-table.tsx";
import { Icon } from "#frontend/parts/icon.tsx";
import { useShowMore } from "./use-show-more.tsx";

type Row = TopJourney & { isRest?: boolean; ways?: number };
export type ColourOf = (row: Pick<AttributionRow, "kind" | "key">) => string;

const FIRST_ROWS = 10;

/** The ways that led to most conversions; with the others and the unattributed they add up to the total. */
export function TopJourneysCard({ journeys, colourOf }: { journeys: JourneysReady; colourOf: ColourOf }) {
  const { shown, button } = useShowMore(journeys.top, FIRST_ROWS);
  const rows: Row[] = [...shown, ...restRow(journeys, journeys.top.slice(shown.length))];
  return (
    <Card title="Ways to a conversion" sub="Equal steps behind each other are one." flush>
      <DataTable
        caption="Ways to a conversion"
        columns={columns(journeys, colourOf)}
        rows={rows}
        keyOf={(row) => (row.isRest ? "rest" : `${row.touchpoints} ${row.path.map(stepKey).join(">")}`)}
      />
      {button}
    </Card>
  );
}

/** All that is not listed, as one row. */
function restRow({ otherWays }: JourneysReady, hidden: readonly TopJourney[]): Row[] {
  const ways = otherWays.ways + hidden.length;
  if (ways === 0) return [];
  const sum = (pick: (row: TopJourney) => number) => hidden.reduce((whole, row) => whole + pick(row), 0);
  const conversions = otherWays.conversions + sum((row) => row.conversions);
  const nullJourneys = otherWays.nullJourneys + sum((row) => row.nullJourneys);
  return [
    {
      path: [],
      isShortened: false,
      touchpoints: 0,
      conversions,
      revenueMinor: otherWays.revenueMinor + sum((row) => row.revenueMinor),
      nullJourneys,
      conversionRate: conversions + nullJourneys === 0 ? null : conversions / (conversions + nullJourneys),
      isRest: true,
      ways,
    },
  ];
}

function columns({ by, totals, basis }: JourneysReady, colourOf: ColourOf): Column<Row>[] {
  return [
    {
      key: "way",
      header: "Way",
      cell: (row) => <Way row={row} by={by} colourOf={colourOf} />,
      total: "Total",
    },
    {
      key: "conversions",
      header: "Conversions",
      numeric: true,
      share: (row) => (totals.conversions > 0 ? row.conversions / totals.conversions : 0),
      cell: (row) => formatCount(row.conversions),
      total: formatCount(totals.conversions),
    },
    {
      key: "revenue",
      header: "Revenue",
      numeric: true,
      cell: (row) => formatMoney(row.revenueMinor, basis.currency),
      total: formatMoney(totals.revenueMinor, basis.currency),
    },
    {
      key: "null",
      header: "Did not convert",
      numeric: true,
      wideOnly: true,
      explanation: "Journeys of this very way that ended on these days without a conversion.",
      cell: (row) => formatCount(row.nullJourneys),
      total: formatCount(totals.nullJourneys),
    },
    {
      key: "rate",
      header: "Convert",
      numeric: true,
      wideOnly: true,
      explanation: "Conversions ÷ all journeys of this way.",
      cell: (row) => formatShare(row.conversionRate),
      total: formatShare(totals.conversions / Math.max(1, totals.conversions + totals.nullJourneys)),
    },
  ];
}

function Way({ row, by, colourOf }: { row: Row; by: Grouping; colourOf: ColourOf }) {
  if (row.isRest) return <span class="muted">{formatCount(row.ways ?? 0)} other ways</span>;
  if (row.path.length === 0) return <span class="muted">(unattributed)</span>;
  return (
    <span class="way">
      {row.path.map((step, index) => (
        <span key={index} class="way-step">
          {index > 0 && <Icon name="chevronRight" size={14} />}
          {row.isShortened && index === row.path.length - 1 && <span class="muted">… </span>}
          <span class="way-name">
            <span class="dot" style={{ background: colourOf(step) }} aria-hidden="true" />
            {rowName(step, by)}
          </span>
        </span>
      ))}
    </span>
  );
}

function stepKey({ kind, key }: GroupName): string {
  return `${kind}:${key ?? ""}`;
}
