import "./spend.css";

import { useState } from "preact/hooks";

import type { SiteAnalytics } from "#contract/analytics.ts";
import type { Campaign } from "#contract/campaigns.ts";
import type { Site } from "#contract/sites.ts";
import type { LedgerRow, SpendLedger } from "#contract/spend.ts";
import { OtherCurrencies } from "#frontend/analytics/basis-line.tsx";
import type { MetricKey } from "#frontend/analytics/metrics.ts";
import { paths } from "#frontend/api/paths.ts";
import type { List } from "#frontend/api/paths.ts";
import { type Resource, useResource } from "#frontend/api/use-resource.ts";
import { Page } from "#frontend/frame/page.tsx";
import { ViewControls } from "#frontend/frame/view-controls.tsx";
import { Button, LinkButton } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { lazy } from "#frontend/parts/lazy.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { KpiRow, KpiRowSkeleton } from "#frontend/analytics/kpi-row.tsx";
import { SpendEntryDialog } from "#frontend/spend/spend-entry-dialog.tsx";
import { useAnalyticsView, type AnalyticsView } from "#frontend/state/analytics-view.ts";
import { useHref } from "#frontend/state/links.ts";
import { useSite } from "#frontend/state/use-site.ts";
import { canEdit, useWorkspace } from "#frontend/state/workspace.ts";
import { DealsCard } from "./deals-card.tsx";
import { LedgerCard } from "./ledger-card.tsx";
import { PacingCard } from "./pacing-card.tsx";
import { RatesCard } from "./rates-card.tsx";

const ImportDialog = lazy(
  () => import("./import-dialog.tsx").then((m) => m.ImportDialog),
  () => null,
);

const METRICS: readonly MetricKey[] = [
  "spend",
  "roas",
  "roi",
  "cpa",
  "roiWithMargin",
  "breakEvenRoas",
  "breakEvenCpa",
  "paybackDays",
];
const MAX_CAMPAIGNS = 200;

type Open = { kind: "entry"; row: LedgerRow | null } | { kind: "import" };

/** What campaigns cost: budgets against time, deals, and every row with its source and rate. */
export function SpendScreen() {
  const site = useSite();
  // The browser's Back may lead to another site while a dialog is open: it does not go along.
  return <SpendOfSite key={site.id} site={site} />;
}

function SpendOfSite({ site }: { site: Site }) {
  const view = useAnalyticsView(site);
  const { me } = useWorkspace();
  const isEditor = canEdit(me);
  const [open, setOpen] = useState<Open | null>(null);
  const { list, hasNone } = useCampaigns(site);
  const figures = useResource<SiteAnalytics>(paths.siteAnalytics(site.id, view.options));
  const { from, to } = view.options;
  const ledger = useResource<SpendLedger>(paths.spendLedger(site.id, { from, to, limit: 1 }));
  const add = () => setOpen({ kind: "entry", row: null });
  const canAdd = isEditor && list.length > 0;
  const tools = (
    <>
      <ViewControls view={view} />
      {isEditor && !hasNone && (
        <EditTools isReady={canAdd} onImport={() => setOpen({ kind: "import" })} onAdd={add} />
      )}
    </>
  );
  return (
    <Page title="Spend" tools={tools}>
      <div class="stack">
        {hasNone && <NoCampaign isEditor={isEditor} />}
        <Loaded resource={figures} what="The figures" skeleton={<KpiRowSkeleton tiles={METRICS.length} />}>
          {(answer) => <Figures figures={answer} view={view} onAdd={canAdd ? add : null} />}
        </Loaded>
        {!hasNone && <PacingCard site={site} />}
        <DealsCard site={site} campaigns={list} isEditor={isEditor} />
        <LedgerCard
          site={site}
          range={view.options}
          campaigns={list}
          onEdit={isEditor ? (row) => setOpen({ kind: "entry", row }) : null}
          onAdd={canAdd ? add : null}
        />
        <RatesCard site={site} range={view.options} used={usedIn(figures, ledger)} isEditor={isEditor} />
      </div>
      {open && <OpenDialog open={open} site={site} campaigns={list} onClose={() => setOpen(null)} />}
    </Page>
  );
}

/** `hasNone` is known only when the list has come: until then there may be some. */
function useCampaigns(site: Site): { list: readonly Campaign[]; hasNone: boolean } {
  const { value } = useResource<List<Campaign>>(paths.campaigns(site.id, { limit: MAX_CAMPAIGNS }));
  return { list: value?.items ?? [], hasNone: value?.items.length === 0 };
}

/** Spend is entered for a campaign: without one there is nothing to enter it for. */
function NoCampaign({ isEditor }: { isEditor: boolean }) {
  const href = useHref();
  return (
    <Card flush>
      <EmptyState
        title="Spend is what a campaign costs"
        compact
        action={
          isEditor && (
            <LinkButton kind="primary" icon="plus" href={href("/campaigns/new")}>
              New campaign
            </LinkButton>
          )
        }
      >
        There is no campaign yet. With the first one you can enter what it cost, import a file of your ad
        account, or agree a price; ROAS, ROI and CPA appear then.
      </EmptyState>
    </Card>
  );
}

type ToolsProps = { isReady: boolean; onImport: () => void; onAdd: () => void };

function EditTools({ isReady, onImport, onAdd }: ToolsProps) {
  return (
    <>
      <Button icon="upload" disabled={!isReady} onClick={onImport}>
        Import
      </Button>
      <Button icon="plus" kind="primary" disabled={!isReady} onClick={onAdd}>
        Add spend
      </Button>
    </>
  );
}

type DialogProps = { open: Open; site: Site; campaigns: readonly Campaign[]; onClose: () => void };

function OpenDialog({ open, ...rest }: DialogProps) {
  if (open.kind === "import") return <ImportDialog {...rest} />;
  const { row } = open;
  // A row stays its campaign's: what is changed is the amount.
  const ofRow = row && { id: row.campaignId, name: row.campaign, currency: row.amount.currency };
  return <SpendEntryDialog {...rest} campaigns={ofRow ? [ofRow] : rest.campaigns} row={row} />;
}

/** Currencies of revenue and of spend other than the site's, known once both are. */
function usedIn(
  figures: Resource<SiteAnalytics>,
  ledger: Resource<SpendLedger>,
): Resource<readonly string[]> {
  const { value, problem, isLoading, isStale, reload } = figures;
  return {
    value: value && ledger.value && usedOf(value, ledger.value),
    problem: problem ?? ledger.problem,
    isLoading: isLoading || ledger.isLoading,
    isStale: isStale || ledger.isStale,
    reload: () => {
      if (problem) reload();
      if (ledger.problem) ledger.reload();
    },
  };
}

function usedOf({ basis }: SiteAnalytics, { currencies }: SpendLedger): string[] {
  const codes = [
    ...basis.convertedCurrencies,
    ...[...basis.otherCurrencies, ...currencies].map(({ currency }) => currency),
  ];
  return [...new Set(codes)].filter((code) => code !== "");
}

type FiguresProps = { figures: SiteAnalytics; view: AnalyticsView; onAdd: (() => void) | null };

function Figures({ figures, view, onAdd }: FiguresProps) {
  const href = useHref();
  return (
    <div class="stack">
      <OtherCurrencies basis={figures.basis} />
      <KpiRow
        label="What spend brought"
        figures={figures}
        view={view}
        metrics={METRICS}
        fix={(missing) => {
          if (missing === "no_margin") return <a href={href("/settings/general")}>Set a margin</a>;
          if (missing === "currency_mismatch") return <a href="#rates">Look at the rates</a>;
          return missing === "no_spend" && onAdd ? (
            <Button kind="link" onClick={onAdd}>
              Add spend
            </Button>
          ) : null;
        }}
      />
    </div>
  );
}
