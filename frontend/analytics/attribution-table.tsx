import { useLocation } from "preact-iso";

import type { AttributionReady, AttributionRow, ModelCredit } from "#contract/attribution.ts";
import { formatMoney } from "#frontend/format/money.ts";
import { formatCredit } from "#frontend/format/number.ts";
import { ChannelName } from "#frontend/parts/channel.tsx";
import { DataTable } from "#frontend/parts/data-table.tsx";
import type { Column } from "#frontend/parts/data-table.tsx";
import { MODELS } from "#frontend/state/analytics-view.ts";
import { useHref } from "#frontend/state/links.ts";
import { NO_CAMPAIGN, UNATTRIBUTED } from "./totals.ts";

type ModelKey = "first" | "last" | "linear";
const ORDER: readonly ModelKey[] = ["first", "last", "linear"];

type TableProps = {
  attribution: AttributionReady;
  /** The campaign whose page this is. */ highlight: string;
};

/** Three models side by side; every column adds up to the same total. */
export function AttributionTable({ attribution, highlight }: TableProps) {
  const { route } = useLocation();
  const href = useHref();
  const isByCampaign = attribution.by === "campaign";
  const groups = [{ label: "", span: 1 }, ...ORDER.map((model) => ({ label: labelOf(model), span: 2 }))];
  const open = (row: AttributionRow) => {
    if (row.key) route(href(`/campaigns/${row.key}/analytics`));
  };
  return (
    <DataTable
      caption={`Attribution by ${attribution.by}`}
      columns={[
        nameColumn(attribution, highlight, href),
        ...ORDER.flatMap((model) => modelColumns(model, attribution)),
      ]}
      groups={groups}
      rows={attribution.rows}
      keyOf={(row) => `${row.kind} ${row.key ?? ""}`}
      initialSort={{ key: "last-revenue", direction: "desc" }}
      onRow={isByCampaign ? open : undefined}
    />
  );
}

function nameColumn(
  attribution: AttributionReady,
  highlight: string,
  href: (path: string) => string,
): Column<AttributionRow> {
  return {
    key: "name",
    header: attribution.by === "campaign" ? "Campaign" : "Channel",
    sortBy: (row) => (row.kind === "group" ? row.name : null),
    cell: (row) => {
      if (row.kind === "unattributed") return <span class="muted">{UNATTRIBUTED}</span>;
      if (row.kind === "none" || row.key === null) return <span class="muted">{NO_CAMPAIGN}</span>;
      if (attribution.by === "channel") return <ChannelName channel={row.key} />;
      if (row.key === highlight) return <strong>{row.name}</strong>;
      return (
        <a class="table-link" href={href(`/campaigns/${row.key}/analytics`)}>
          {row.name}
        </a>
      );
    },
  };
}

function modelColumns(model: ModelKey, { totals: total, basis }: AttributionReady): Column<AttributionRow>[] {
  const explanation = MODELS.find((candidate) => candidate.value === model)?.explanation ?? "";
  return [
    {
      key: `${model}-conversions`,
      header: "Conversions",
      explanation,
      numeric: true,
      edge: true,
      sortBy: (row) => (row.kind === "group" ? earned(row, model).conversions : null),
      cell: (row) => formatCredit(earned(row, model).conversions),
      total: formatCredit(total.conversions),
    },
    {
      key: `${model}-revenue`,
      header: "Revenue",
      numeric: true,
      sortBy: (row) => (row.kind === "group" ? earned(row, model).revenueMinor : null),
      share: (row) => (total.revenueMinor > 0 ? earned(row, model).revenueMinor / total.revenueMinor : 0),
      cell: (row) => formatMoney(earned(row, model).revenueMinor, basis.currency),
      total: formatMoney(total.revenueMinor, basis.currency),
    },
  ];
}

const NOTHING = { conversions: 0, revenueMinor: 0 };

function earned(row: AttributionRow, model: ModelKey): Pick<ModelCredit, "conversions" | "revenueMinor"> {
  return row.credits[model] ?? NOTHING;
}

function labelOf(model: ModelKey): string {
  return MODELS.find((candidate) => candidate.value === model)?.label ?? model;
}
