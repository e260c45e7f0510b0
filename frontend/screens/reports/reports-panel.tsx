import "./reports-panel.css";

import type { ComponentChildren } from "preact";
import { useCallback, useState } from "preact/hooks";

import type { Campaign } from "#contract/campaigns.ts";
import type { Report } from "#contract/reports.ts";
import type { Site } from "#contract/sites.ts";
import type { List } from "#frontend/api/paths.ts";
import { reportPaths } from "#frontend/api/report-paths.ts";
import { usePages } from "#frontend/attribution/use-pages.ts";
import type { Pages } from "#frontend/attribution/use-pages.ts";
import { Button } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { lazy } from "#frontend/parts/lazy.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { Notice } from "#frontend/parts/notice.tsx";
import { TableSkeleton } from "#frontend/parts/skeleton.tsx";
import { isUnderWay } from "#frontend/reports/state-words.ts";
import { useShortcuts } from "#frontend/state/shortcuts.ts";
import { canEdit, useWorkspace } from "#frontend/state/workspace.ts";
import { ReportFilterRow, useReportFilters } from "./report-filters.tsx";
import { ReportLine } from "./report-line.tsx";

const NewReportDialog = lazy(
  () => import("./new-report-dialog.tsx").then((m) => m.NewReportDialog),
  () => null,
);

const POLL_MS = 2_000;
const SHOWN = 50;

type PanelProps = { site: Site; campaign: Campaign | null };

/** Reports, newest first; those being built turn ready by themselves. */
export function ReportsPanel({ site, campaign }: PanelProps) {
  const { me } = useWorkspace();
  const [isNew, setIsNew] = useState(false);
  const filters = useReportFilters();
  const pages = useReports(campaign, filters);
  const reports = pages.pages.flatMap((page) => page.items);
  useShortcuts(canEdit(me) ? [{ key: "n", shown: "N", label: "New report", run: () => setIsNew(true) }] : []);
  const create = canEdit(me) && (
    <Button kind="primary" icon="plus" onClick={() => setIsNew(true)}>
      New report
    </Button>
  );
  const isBare = reports.length === 0 && !filters.isAny;
  return (
    <>
      <Card
        title="Reports"
        sub="As PDF, workbook, CSV and JSON: the same to the cent whenever opened."
        tools={isBare ? null : create}
        flush
      >
        {campaign === null && !(isBare && pages.first.value) && <ReportFilterRow />}
        <Loaded resource={pages.first} what="Reports" skeleton={<TableSkeleton label="reports" rows={4} />}>
          {() =>
            reports.length === 0 ? (
              <NoReports isFiltered={filters.isAny} onClear={filters.clear} create={create} />
            ) : (
              <ul aria-label="Reports, newest first">
                {reports.map((report) => (
                  <ReportLine key={report.id} report={report} zone={site.timeZone} />
                ))}
              </ul>
            )
          }
        </Loaded>
        <Older pages={pages} />
      </Card>
      {isNew && <NewReportDialog site={site} campaign={campaign} onClose={() => setIsNew(false)} />}
    </>
  );
}

function Older({ pages }: { pages: Pages<List<Report>> }) {
  return (
    <>
      {pages.problem && <Notice tone="bad" title="Older reports could not be loaded." />}
      {pages.hasMore && (
        <div class="report-more">
          <Button busy={pages.busy} onClick={pages.more}>
            Older reports
          </Button>
        </div>
      )}
    </>
  );
}

function useReports(campaign: Campaign | null, filters: ReturnType<typeof useReportFilters>) {
  const { of, kind, status, schedule } = filters;
  const campaignId = campaign?.id;
  const pathOf = useCallback(
    (after: string | null) =>
      campaignId === undefined
        ? reportPaths.reports({ site: of, kind, status, schedule, after, limit: SHOWN })
        : reportPaths.reports({ campaign: campaignId, after, limit: SHOWN }),
    [campaignId, of, kind, status, schedule],
  );
  return usePages<List<Report>>(pathOf, {
    everyMs: (list) => (list?.items.some(isUnderWay) ? POLL_MS : undefined),
  });
}

type NoReportsProps = { isFiltered: boolean; onClear: () => void; create: ComponentChildren };

function NoReports({ isFiltered, onClear, create }: NoReportsProps) {
  if (isFiltered) {
    return (
      <EmptyState
        title="No report fits these filters"
        action={<Button onClick={onClear}>Show all</Button>}
        picture="none"
        compact
      >
        Others may be there under another site, kind or state.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No report yet" action={create} compact>
      A report is a page worth forwarding: key figures, the chart by day, channels, attribution and how it was
      computed. It can go to anyone by mail, once or on a schedule.
    </EmptyState>
  );
}
