import "./report-screen.css";

import { useLocation, useRoute } from "preact-iso";

import type { Report } from "#contract/reports.ts";
import { reportPaths } from "#frontend/api/report-paths.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { Page } from "#frontend/frame/page.tsx";
import { Button } from "#frontend/parts/button.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { recomputeReport } from "#frontend/api/reports.ts";
import { ShareButton } from "#frontend/frame/share-button.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import { StateBadge } from "#frontend/reports/state-badge.tsx";
import { isReadable, isUnderWay, reportState } from "#frontend/reports/state-words.ts";
import { ReportSkeleton } from "#frontend/reports/view/report-view.tsx";
import { orSay } from "#frontend/parts/or-say.ts";
import { useHref } from "#frontend/state/links.ts";
import { useSite } from "#frontend/state/use-site.ts";
import { canEdit, useWorkspace } from "#frontend/state/workspace.ts";
import { ComparisonCard } from "./comparison-card.tsx";
import { DeleteReport } from "./delete-report.tsx";
import { DeliveriesCard } from "./deliveries-card.tsx";
import { FactsCard } from "./facts-card.tsx";
import { FilesCard } from "./files-card.tsx";
import { ReportPreview } from "./report-preview.tsx";
import { SharesCard } from "./shares-card.tsx";

const POLL_MS = 2_000;

/** A report: what it says at the left; its files, mails and links at the right. */
export function ReportScreen() {
  const { params } = useRoute();
  const href = useHref();
  const resource = useResource<Report>(reportPaths.report(params.id ?? ""), {
    everyMs: (report) => (report && isUnderWay(report) ? POLL_MS : undefined),
  });
  const report = resource.value;
  return (
    <Page
      title={report?.title ?? "Report"}
      back={{ href: href("/reports"), label: "Reports" }}
      aside={report && <StateBadge words={reportState(report)} />}
      tools={report && <Tools report={report} />}
    >
      <Loaded resource={resource} what="This report" skeleton={<ReportSkeleton />}>
        {(loaded) => <ReportBody key={loaded.id} report={loaded} />}
      </Loaded>
    </Page>
  );
}

function ReportBody({ report }: { report: Report }) {
  const site = useSite();
  const { me, sites } = useWorkspace();
  const own = sites.find(({ id }) => id === report.siteId) ?? site;
  return (
    <div class="report-page">
      <div class="stack">
        <ComparisonCard report={report} />
        <ReportPreview report={report} />
      </div>
      <aside class="report-side" aria-label="Files, mails and links">
        {isReadable(report) && <FilesCard report={report} />}
        <FactsCard report={report} zone={own.timeZone} />
        <DeliveriesCard report={report} zone={own.timeZone} />
        {isReadable(report) && canEdit(me) && <SharesCard report={report} zone={own.timeZone} />}
      </aside>
    </div>
  );
}

/** The same question again, on the data of now; and what cannot be taken back. */
function Tools({ report }: { report: Report }) {
  const { me } = useWorkspace();
  const { route } = useLocation();
  const href = useHref();
  if (!canEdit(me)) return <ShareButton />;
  const recompute = () =>
    orSay(async () => {
      const again = await recomputeReport(report.id);
      toast("Recomputed as a new report. This one stays as it is.");
      route(href(`/reports/${again.id}`));
    });
  return (
    <>
      {(report.status === "ready" || report.status === "failed") && (
        <Button icon="replay" onClick={() => void recompute()}>
          Recompute
        </Button>
      )}
      <DeleteReport report={report} />
    </>
  );
}
