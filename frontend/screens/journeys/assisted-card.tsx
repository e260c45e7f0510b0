import type { AssistedRow, JourneysReady } from "#contract/journeys.ts";
import { rowName } from "#frontend/attribution/grouping-words.ts";
import { formatMoney } from "#frontend/format/money.ts";
import { formatCount, formatMultiple, NO_VALUE } from "#frontend/format/number.ts";
import { Card } from "#frontend/parts/card.tsx";
import { DataTable } from "#frontend/parts/data-table.tsx";
import type { Column } from "#frontend/parts/data-table.tsx";
import type { ColourOf } from "./top-journeys-card.tsx";
import { useShowMore } from "./use-show-more.tsx";

const FIRST_ROWS = 10;

/** Who begins journeys, who ends them, and who only helps in between. */
export function AssistedCard({ journeys, colourOf }: { journeys: JourneysReady; colourOf: ColourOf }) {
  const { shown, button } = useShowMore(journeys.assisted, FIRST_ROWS);
  return (
    <Card
      title="Who begins, helps and closes"
      sub="One conversion may be assisted by several, so the assists of all rows are more than the conversions."
      flush
    >
      <DataTable
        caption="Assisted conversions"
        columns={columns(journeys, colourOf)}
        rows={shown}
        keyOf={(row) => `${row.kind} ${row.key ?? ""}`}
        initialSort={{ key: "assists", direction: "desc" }}
      />
      {button}
    </Card>
  );
}

function columns({ by, basis }: JourneysReady, colourOf: ColourOf): Column<AssistedRow>[] {
  const count = (
    key: "first" | "assists" | "last",
    header: string,
    explanation: string,
  ): Column<AssistedRow> => ({
    key,
    header,
    explanation,
    numeric: true,
    sortBy: (row) => row[key].conversions,
    cell: (row) => formatCount(row[key].conversions),
  });
  return [
    {
      key: "name",
      header: "Who",
      sortBy: (row) => (row.kind === "group" ? rowName(row, by) : null),
      cell: (row) => (
        <span class="swatch">
          <span class="dot" style={{ background: colourOf(row) }} aria-hidden="true" />
          <span class={row.kind === "group" ? "" : "muted"}>{rowName(row, by)}</span>
        </span>
      ),
    },
    count("first", "Began", "Conversions whose first touch it was."),
    count("assists", "Assisted", "Conversions that it was part of without being the last touch."),
    count("last", "Closed", "Conversions whose last touch it was."),
    {
      key: "ratio",
      header: "Assists per close",
      numeric: true,
      wideOnly: true,
      explanation: "Above 1 it helps more than it closes: last touch alone would hide its worth.",
      sortBy: (row) => row.assistRatio,
      cell: (row) => (row.assistRatio === null ? NO_VALUE : formatMultiple(row.assistRatio)),
    },
    {
      key: "assisted-revenue",
      header: "Assisted revenue",
      numeric: true,
      wideOnly: true,
      sortBy: (row) => row.assists.revenueMinor,
      cell: (row) => formatMoney(row.assists.revenueMinor, basis.currency),
    },
  ];
}
