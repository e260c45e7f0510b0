import { useLocation } from "preact-iso";

import type { CampaignRow, SiteAnalytics } from "#contract/analytics.ts";
import type { Campaign } from "#contract/campaigns.ts";
import type { PacingRow } from "#contract/spend.ts";
import { MissingFigure } from "#frontend/analytics/missing-figure.tsx";
import { campaignTotals, sumOf } from "#frontend/analytics/totals.ts";
import { channelColour, channelLabel } from "#frontend/format/channel.ts";
import { formatMoney } from "#frontend/format/money.ts";
import { formatCount, formatCredit, formatMultiple, NO_VALUE } from "#frontend/format/number.ts";
import { Badge } from "#frontend/parts/badge.tsx";
import { DataTable } from "#frontend/parts/data-table.tsx";
import type { Column } from "#frontend/parts/data-table.tsx";
import { readSort, writeSort } from "#frontend/parts/sort-rows.ts";
import { SPENT_OF_BUDGET, SpentOfBudget } from "#frontend/spend/spent-of-budget.tsx";
import { useHref } from "#frontend/state/links.ts";
import { useQuery } from "#frontend/state/use-query.ts";
import { flightLabel, STATUS_LABELS, STATUS_TONES } from "./status.ts";

type Row = { campaign: Campaign; figures: CampaignRow | null; pacing: PacingRow | null };

type ListProps = {
  campaigns: readonly Campaign[];
  /** Of the chosen days. */
  figures: SiteAnalytics | null;
  /** To date. */
  pacing: readonly PacingRow[] | null;
};

/** The campaigns as a table; the sort is in the URL. */
export function CampaignList({ campaigns, figures, pacing }: ListProps) {
  const { route } = useLocation();
  const href = useHref();
  const [query, setQuery] = useQuery();
  const byId = new Map(figures?.campaigns.map((row) => [row.campaignId, row]));
  const pacingById = new Map(pacing?.map((row) => [row.campaignId, row]));
  const rows = campaigns.map((campaign) => ({
    campaign,
    figures: byId.get(campaign.id) ?? null,
    pacing: pacingById.get(campaign.id) ?? null,
  }));
  const address = (id: string) => href(`/campaigns/${id}/analytics`);
  const table = columns(rows, figures?.basis.currency ?? null, address);
  const sort = readSort(
    query.sort,
    table.map((column) => column.key),
    { key: "revenue", direction: "desc" },
  );
  return (
    <DataTable
      caption="Campaigns"
      columns={table}
      rows={rows}
      keyOf={(row) => row.campaign.id}
      sort={sort}
      onSort={(next) => setQuery({ sort: writeSort(next) }, true)}
      onRow={(row) => route(address(row.campaign.id))}
    />
  );
}

function columns(
  rows: readonly Row[],
  currency: string | null,
  address: (id: string) => string,
): Column<Row>[] {
  return [...planColumns(address), ...figureColumns(rows, currency)];
}

function planColumns(address: (id: string) => string): Column<Row>[] {
  return [
    {
      key: "name",
      header: "Campaign",
      sortBy: (row) => row.campaign.name,
      cell: ({ campaign }) => <NameCell campaign={campaign} address={address} />,
    },
    {
      key: "status",
      header: "Status",
      sortBy: (row) => row.campaign.status,
      cell: ({ campaign }) => (
        <Badge tone={STATUS_TONES[campaign.status]}>{STATUS_LABELS[campaign.status]}</Badge>
      ),
    },
    {
      key: "budget",
      ...SPENT_OF_BUDGET,
      sortBy: (row) => row.pacing?.spent.value ?? null,
      cell: (row) => <BudgetCell row={row} />,
    },
  ];
}

function figureColumns(rows: readonly Row[], currency: string | null): Column<Row>[] {
  const known = rows.flatMap(({ figures }) => figures ?? []);
  return [...countColumns(known), ...moneyColumns(known, currency)];
}

function countColumns(known: readonly CampaignRow[]): Column<Row>[] {
  return [
    {
      key: "visitors",
      header: "Visitors",
      numeric: true,
      sortBy: (row) => row.figures?.visitors ?? null,
      cell: ({ figures }) => (figures ? formatCount(figures.visitors) : NO_VALUE),
    },
    {
      key: "conversions",
      header: "Conversions",
      numeric: true,
      sortBy: (row) => row.figures?.conversions ?? null,
      cell: ({ figures }) => (figures ? formatCredit(figures.conversions) : NO_VALUE),
      total: formatCredit(sumOf(known, (row) => row.conversions)),
    },
  ];
}

function moneyColumns(known: readonly CampaignRow[], currency: string | null): Column<Row>[] {
  const money = (minor: number | null) =>
    currency && minor !== null ? formatMoney(minor, currency) : NO_VALUE;
  const { revenueMinor: revenue, spendMinor, roas } = campaignTotals(known);
  return [
    {
      key: "spend",
      header: "Spend",
      explanation: "What it cost on the chosen days.",
      numeric: true,
      sortBy: (row) => row.figures?.spendMinor ?? null,
      cell: ({ figures }) => money(figures?.spendMinor ?? null),
      total: money(spendMinor),
    },
    {
      key: "revenue",
      header: "Revenue",
      answers: true,
      numeric: true,
      sortBy: (row) => row.figures?.revenueMinor ?? null,
      share: (row) => (revenue > 0 && row.figures ? row.figures.revenueMinor / revenue : 0),
      cell: ({ figures }) => (figures ? money(figures.revenueMinor) : NO_VALUE),
      total: money(revenue),
    },
    {
      key: "roas",
      header: "ROAS",
      answers: true,
      numeric: true,
      explanation: "Return on ad spend: revenue divided by spend.",
      sortBy: (row) => row.figures?.roas.value ?? null,
      cell: ({ figures }) =>
        figures ? <MissingFigure ratio={figures.roas} format={formatMultiple} /> : NO_VALUE,
      total: roas === null ? NO_VALUE : formatMultiple(roas),
    },
  ];
}

function NameCell({ campaign, address }: { campaign: Campaign; address: (id: string) => string }) {
  return (
    <span class="swatch">
      <span class="dot" style={{ background: channelColour(campaign.channel) }} aria-hidden="true" />
      <span>
        <a class="table-link" href={address(campaign.id)}>
          {campaign.name}
        </a>
        <span class="table-sub">
          {channelLabel(campaign.channel)} · {flightLabel(campaign.startsOn, campaign.endsOn)}
        </span>
      </span>
    </span>
  );
}

function BudgetCell({ row: { campaign, pacing } }: { row: Row }) {
  const { budget } = campaign;
  if (!budget) return <>{NO_VALUE}</>;
  return <SpentOfBudget {...pacing} budgetMinor={budget.minor} currency={budget.currency} />;
}
