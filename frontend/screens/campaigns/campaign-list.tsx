import "./campaign-list.css";

import { useLocation } from "preact-iso";

import type { CampaignRow, SiteAnalytics } from "#contract/analytics.ts";
import type { Campaign } from "#contract/campaigns.ts";
import { MissingFigure } from "#frontend/analytics/missing-figure.tsx";
import { sumOf } from "#frontend/analytics/totals.ts";
import { channelColour, channelLabel } from "#frontend/format/channel.ts";
import { formatMoney, formatMoneyShort } from "#frontend/format/money.ts";
import { formatCount, formatCredit, formatMultiple, NO_VALUE } from "#frontend/format/number.ts";
import { Badge } from "#frontend/parts/badge.tsx";
import { DataTable } from "#frontend/parts/data-table.tsx";
import type { Column } from "#frontend/parts/data-table.tsx";
import { readSort, writeSort } from "#frontend/parts/sort-rows.ts";
import { useHref } from "#frontend/state/links.ts";
import { useQuery } from "#frontend/state/use-query.ts";
import { flightLabel, STATUS_LABELS, STATUS_TONES } from "./status.ts";

type Row = { campaign: Campaign; figures: CampaignRow | null };

type ListProps = { campaigns: readonly Campaign[]; figures: SiteAnalytics | null };

/** The campaigns as a table; the sort is in the URL. */
export function CampaignList({ campaigns, figures }: ListProps) {
  const { route } = useLocation();
  const href = useHref();
  const [query, setQuery] = useQuery();
  const byId = new Map(figures?.campaigns.map((row) => [row.campaignId, row]));
  const rows = campaigns.map((campaign) => ({ campaign, figures: byId.get(campaign.id) ?? null }));
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
  return [...planColumns(currency, address), ...figureColumns(rows, currency)];
}

function planColumns(currency: string | null, address: (id: string) => string): Column<Row>[] {
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
      header: "Spend of budget",
      explanation: "Spend on the chosen days against the whole budget of the campaign.",
      sortBy: (row) => row.figures?.spendMinor ?? null,
      cell: (row) => <BudgetCell row={row} currency={currency} />,
    },
  ];
}

function figureColumns(rows: readonly Row[], currency: string | null): Column<Row>[] {
  const money = (minor: number) => (currency ? formatMoney(minor, currency) : NO_VALUE);
  const total = (pick: (row: CampaignRow) => number) =>
    sumOf(rows, (row) => (row.figures ? pick(row.figures) : 0));
  const revenue = total((row) => row.revenueMinor);
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
      total: formatCredit(total((row) => row.conversions)),
    },
    {
      key: "revenue",
      header: "Revenue",
      numeric: true,
      sortBy: (row) => row.figures?.revenueMinor ?? null,
      share: (row) => (revenue > 0 && row.figures ? row.figures.revenueMinor / revenue : 0),
      cell: ({ figures }) => (figures ? money(figures.revenueMinor) : NO_VALUE),
      total: money(revenue),
    },
    {
      key: "roas",
      header: "ROAS",
      numeric: true,
      explanation: "Return on ad spend: revenue divided by spend.",
      sortBy: (row) => row.figures?.roas.value ?? null,
      cell: ({ figures }) =>
        figures ? <MissingFigure ratio={figures.roas} format={formatMultiple} /> : NO_VALUE,
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

function BudgetCell({ row: { campaign, figures }, currency }: { row: Row; currency: string | null }) {
  const spend = figures?.spendMinor ?? null;
  const { budget } = campaign;
  const spendText = spend === null || !currency ? NO_VALUE : formatMoneyShort(spend, currency);
  if (!budget) return <span class="budget-text">{spendText}</span>;
  const used = spend !== null && currency === budget.currency && budget.minor > 0 ? spend / budget.minor : 0;
  return (
    <span class="budget">
      <span class="budget-text">
        {spendText} <span class="muted">of {formatMoneyShort(budget.minor, budget.currency)}</span>
      </span>
      <span class={used > 1 ? "budget-bar budget-over" : "budget-bar"} aria-hidden="true">
        <span style={{ width: `${Math.min(100, used * 100)}%` }} />
      </span>
    </span>
  );
}
