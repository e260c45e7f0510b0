import { useState } from "preact/hooks";

import type { Delivery, Report } from "#contract/reports.ts";
import type { Site } from "#contract/sites.ts";
import { deleteReport } from "#frontend/api/reports.ts";
import { paths } from "#frontend/api/paths.ts";
import { ApiProblem } from "#frontend/api/problem.ts";
import { formatDayRange, formatMinute } from "#frontend/format/date.ts";
import { Badge } from "#frontend/parts/badge.tsx";
import type { BadgeTone } from "#frontend/parts/badge.tsx";
import { IconButton, LinkButton } from "#frontend/parts/button.tsx";
import { ConfirmDialog } from "#frontend/parts/confirm-dialog.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import { MODELS } from "#frontend/state/analytics-view.ts";
import { canEdit, useWorkspace } from "#frontend/state/workspace.ts";

type LineProps = { report: Report; site: Site; withCampaign: boolean };

/** A report, its state, its files and what became of its mails. */
export function ReportLine({ report, site, withCampaign }: LineProps) {
  const { me } = useWorkspace();
  const [isDeleting, setIsDeleting] = useState(false);
  const isReady = report.status === "ready";
  return (
    <li class="report">
      <div class="report-title">
        {report.title} <StateBadge report={report} />
      </div>
      <div class="report-facts">{facts(report, site, withCampaign).join(" · ")}</div>
      <div class="report-tools">
        {isReady && report.pdfBytes !== null && (
          <LinkButton small icon="download" download href={paths.reportFile(report.id, "pdf")}>
            PDF
          </LinkButton>
        )}
        {isReady && report.csvBytes !== null && (
          <LinkButton small icon="download" download href={paths.reportFile(report.id, "csv")}>
            CSV
          </LinkButton>
        )}
        {canEdit(me) && (
          <IconButton
            small
            icon="trash"
            label={`Delete ${report.title}`}
            onClick={() => setIsDeleting(true)}
          />
        )}
      </div>
      <Deliveries deliveries={report.deliveries} />
      {report.replacedGlyphs.length > 0 && (
        <p class="report-facts">
          Characters without a shape in the report's font: {report.replacedGlyphs.join(" ")}
        </p>
      )}
      {isDeleting && <DeleteDialog report={report} onClose={() => setIsDeleting(false)} />}
    </li>
  );
}

function StateBadge({ report }: { report: Report }) {
  switch (report.status) {
    case "pending":
      return <Badge tone="warn">Building</Badge>;
    case "ready":
      return <Badge tone="good">Ready</Badge>;
    case "failed":
      return <Badge tone="bad">Failed</Badge>;
  }
}

function facts(report: Report, site: Site, withCampaign: boolean): string[] {
  const model = MODELS.find((candidate) => candidate.value === report.model)?.label ?? report.model;
  return [
    ...(withCampaign ? [report.campaign?.name ?? "Whole site"] : []),
    formatDayRange(report.range.from, report.range.to),
    `${model}, ${report.lookbackDays} d`,
    `made ${formatMinute(report.createdAt, site.timeZone)}`,
    ...(report.failure ? [`could not be built: ${report.failure}`] : []),
  ];
}

const DELIVERY: Readonly<Record<Delivery["status"], { label: string; tone: BadgeTone }>> = {
  pending: { label: "Sending", tone: "warn" },
  sent: { label: "Sent", tone: "good" },
  failed: { label: "Failed", tone: "bad" },
  unknown: { label: "Not known", tone: "neutral" },
};

function Deliveries({ deliveries }: { deliveries: readonly Delivery[] }) {
  if (deliveries.length === 0) return null;
  return (
    <ul class="report-deliveries" aria-label="Mails">
      {deliveries.map((delivery) => (
        <li key={delivery.id}>
          {delivery.recipient}
          <Badge tone={DELIVERY[delivery.status].tone}>{DELIVERY[delivery.status].label}</Badge>
          {delivery.failure && <span class="muted">{delivery.failure}</span>}
        </li>
      ))}
    </ul>
  );
}

function DeleteDialog({ report, onClose }: { report: Report; onClose: () => void }) {
  return (
    <ConfirmDialog
      title="Delete this report?"
      name={report.title}
      action="Delete report"
      onClose={onClose}
      onConfirm={async () => {
        try {
          await deleteReport(report);
        } catch (error) {
          // Someone else was faster: it is gone, which is what was asked for.
          if (!(error instanceof ApiProblem) || error.status !== 404) throw error;
        }
        toast("The report is deleted.");
        onClose();
      }}
    >
      <p>Its PDF and CSV go for good. Mails that were sent stay with those who got them.</p>
    </ConfirmDialog>
  );
}
