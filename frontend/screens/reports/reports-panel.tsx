import "./reports-panel.css";

import { useState } from "preact/hooks";

import type { Campaign } from "#contract/campaigns.ts";
import type { Report } from "#contract/reports.ts";
import type { Site } from "#contract/sites.ts";
import { paths } from "#frontend/api/paths.ts";
import type { List } from "#frontend/api/paths.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { Button } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { TableSkeleton } from "#frontend/parts/skeleton.tsx";
import { useShortcuts } from "#frontend/state/shortcuts.ts";
import { canEdit, useWorkspace } from "#frontend/state/workspace.ts";
import { NewReportDialog } from "./new-report-dialog.tsx";
import { ReportLine } from "./report-line.tsx";

const POLL_MS = 2_000;
const SHOWN = 50;

type PanelProps = { site: Site; campaign: Campaign | null };

/** Reports, newest first; those being built turn ready by themselves. */
export function ReportsPanel({ site, campaign }: PanelProps) {
  const { me } = useWorkspace();
  const [isNew, setIsNew] = useState(false);
  const path = paths.reports(site.id, { ...(campaign ? { campaign: campaign.id } : {}), limit: SHOWN });
  const resource = useResource<List<Report>>(path, {
    everyMs: (list) => (list?.items.some(isUnderWay) ? POLL_MS : undefined),
  });

  const create = canEdit(me) && (
    <Button kind="primary" icon="plus" onClick={() => setIsNew(true)}>
      New report
    </Button>
  );
  useShortcuts(canEdit(me) ? [{ key: "n", shown: "N", label: "New report", run: () => setIsNew(true) }] : []);
  return (
    <>
      <Card
        title="Reports"
        sub="PDF and CSV, the same to the cent whenever they are opened."
        tools={resource.value?.items.length ? create : null}
        flush
      >
        <Loaded resource={resource} what="Reports" skeleton={<TableSkeleton label="reports" rows={4} />}>
          {(list) =>
            list.items.length === 0 ? (
              <EmptyState title="No report yet" action={create} compact>
                A report is a PDF worth forwarding: key figures, the chart by day, channels, attribution and
                how it was computed. It can go to anyone by mail.
              </EmptyState>
            ) : (
              <ul>
                {list.items.map((report) => (
                  <ReportLine key={report.id} report={report} site={site} withCampaign={campaign === null} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </Card>
      {isNew && <NewReportDialog site={site} campaign={campaign} onClose={() => setIsNew(false)} />}
    </>
  );
}

/** Building, or its mails are on their way. */
export function isUnderWay(report: Pick<Report, "status" | "deliveries">): boolean {
  return (
    report.status === "pending" ||
    (report.status === "ready" && report.deliveries.some(({ status }) => status === "pending"))
  );
}
