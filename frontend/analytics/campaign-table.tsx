import { useLocation } from "preact-iso";

import type { CampaignRow, SiteAnalytics } from "#contract/analytics.ts";
import { formatMoney } from "#frontend/format/money.ts";
import { formatCount, formatCredit, formatMultiple, NO_VALUE } from "#frontend/format/number.ts";
import { LinkButton } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { DataTable } from "#frontend/parts/data-table.tsx";
import type { Column } from "#frontend/parts/data-table.tsx";
import { channelColour, channelLabel } from "#frontend/format/channel.ts";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { useHref } from "#frontend/state/links.ts";
import { MissingFigure } from "./missing-figure.tsx";
import { NO_CAMPAIGN, sumOf, UNATTRIBUTED } from "./totals.ts";
import type { CreditPair } from "./totals.ts";

type Row = { kind: "campaign"; campaign: CampaignRow } | { kind: "rest"; label: string; credit: CreditPair };

/** What each campaign earned; with the two rest rows, it adds up to the tiles. */
export function CampaignTable({ figures }: { figures: SiteAnalytics }) {
  const { route } = useLocation();
  const href = useHref();
  const rows = tableRows(figures);
  const address = (id: string) => href(`/campaigns/${id}/analytics`);
  return (
    <Card
      title="Campaigns"
      flush={figures.campaigns.length > 0}
      tools={
        <LinkButton small href={href("/campaigns")}>
          All campaigns
        </LinkButton>
      }
    >
      {figures.campaigns.length === 0 ? (
        <NoCampaigns href={href("/campaigns/new")} />
      ) : (
        <DataTable
          caption="Campaigns"
          columns={columns(rows, figures, address)}
          rows={rows}
          keyOf={(row) => (row.kind === "campaign" ? row.campaign.campaignId : row.label)}
          initialSort={{ key: "revenue", direction: "desc" }}
          onRow={(row) => {
            if (row.kind === "campaign") route(address(row.campaign.campaignId));
          }}
        />
      )}
    </Card>
  );
}

function NoCampaigns({ href }: { href: string }) {
  return (
    <EmptyState
      title="No campaign yet"
      compact
      action={
        <LinkButton kind="primary" href={href}>
          New campaign
        </LinkButton>
      }
    >
      A campaign ties links, promo codes and spend together, so that you see what it earned and what it cost.
    </EmptyState>
  );
}

function tableRows({ campaigns, withoutCampaign, unattributed }: SiteAnalytics): Row[] {
  const rests: Row[] = [
    { kind: "rest", label: NO_CAMPAIGN, credit: withoutCampaign },
    { kind: "rest", label: UNATTRIBUTED, credit: unattributed },
  ];
  return [
    ...campaigns.map((campaign): Row => ({ kind: "campaign", campaign })),
    ...rests.filter(
      (row) => row.kind === "rest" && (row.credit.conversions !== 0 || row.credit.revenueMinor !== 0),
    ),
  ];
}

function columns(
  rows: readonly Row[],
  figures: SiteAnalytics,
  address: (id: string) => string,
): Column<Row>[] {
  return [...visitColumns(figures, address), ...creditColumns(rows, figures), ...costColumns(figures)];
}

function visitColumns({ kpis }: SiteAnalytics, address: (id: string) => string): Column<Row>[] {
  return [
    {
      key: "name",
      header: "Campaign",
      sortBy: (row) => (row.kind === "campaign" ? row.campaign.name : null),
      cell: (row) => <NameCell row={row} address={address} />,
      total: "Total",
    },
    {
      key: "visitors",
      header: "Visitors",
      wideOnly: true,
      numeric: true,
      explanation: "Someone who came through two campaigns counts in both, and once in the total.",
      sortBy: (row) => (row.kind === "campaign" ? row.campaign.visitors : null),
      cell: (row) => (row.kind === "campaign" ? formatCount(row.campaign.visitors) : NO_VALUE),
      total: formatCount(kpis.visitors),
    },
  ];
}

function creditColumns(rows: readonly Row[], { basis }: SiteAnalytics): Column<Row>[] {
  const revenue = sumOf(rows, (row) => creditOf(row).revenueMinor);
  const money = (minor: number) => formatMoney(minor, basis.currency);
  return [
    {
      key: "conversions",
      header: "Conversions",
      numeric: true,
      sortBy: (row) => (row.kind === "campaign" ? row.campaign.conversions : null),
      cell: (row) => formatCredit(creditOf(row).conversions),
      total: formatCredit(sumOf(rows, (row) => creditOf(row).conversions)),
    },
    {
      key: "revenue",
      header: "Revenue",
      answers: true,
      numeric: true,
      sortBy: (row) => (row.kind === "campaign" ? row.campaign.revenueMinor : null),
      share: (row) => (revenue > 0 ? creditOf(row).revenueMinor / revenue : 0),
      cell: (row) => money(creditOf(row).revenueMinor),
      total: money(revenue),
    },
  ];
}

function costColumns({ kpis, basis }: SiteAnalytics): Column<Row>[] {
  const money = (minor: number) => formatMoney(minor, basis.currency);
  return [
    {
      key: "spend",
      header: "Spend",
      numeric: true,
      sortBy: (row) => (row.kind === "campaign" ? row.campaign.spendMinor : null),
      cell: (row) => spendText(row, money),
      total: kpis.spendMinor === null ? NO_VALUE : money(kpis.spendMinor),
    },
    {
      key: "roas",
      header: "ROAS",
      answers: true,
      numeric: true,
      explanation: "Return on ad spend: revenue divided by spend.",
      sortBy: (row) => (row.kind === "campaign" ? row.campaign.roas.value : null),
      cell: (row) =>
        row.kind === "campaign" ? (
          <MissingFigure ratio={row.campaign.roas} format={formatMultiple} />
        ) : (
          NO_VALUE
        ),
      total: formatMultiple(kpis.roas.value),
    },
  ];
}

function spendText(row: Row, money: (minor: number) => string): string {
  if (row.kind === "rest" || row.campaign.spendMinor === null) return NO_VALUE;
  return money(row.campaign.spendMinor);
}

function NameCell({ row, address }: { row: Row; address: (id: string) => string }) {
  if (row.kind === "rest") return <span class="muted">{row.label}</span>;
  const { campaign } = row;
  return (
    <span class="swatch">
      <span class="dot" style={{ background: channelColour(campaign.channel) }} aria-hidden="true" />
      <span>
        <a class="table-link" href={address(campaign.campaignId)}>
          {campaign.name}
        </a>
        <span class="table-sub">{channelLabel(campaign.channel)}</span>
      </span>
    </span>
  );
}

function creditOf(row: Row): CreditPair {
  return row.kind === "campaign" ? row.campaign : row.credit;
}
