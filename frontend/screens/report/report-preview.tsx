import type { Report } from "#contract/reports.ts";
import type { ReportModel } from "#core/report/report-model.ts";
import { reportPaths } from "#frontend/api/report-paths.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { Button } from "#frontend/parts/button.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { Notice } from "#frontend/parts/notice.tsx";
import { isReadable } from "#frontend/reports/state-words.ts";
import { ReportSkeleton, ReportView } from "#frontend/reports/view/report-view.tsx";

/** What the report says; or why it says nothing. */
export function ReportPreview({ report }: { report: Report }) {
  if (report.status === "pending") {
    return (
      <>
        <Notice title="It is being built.">
          Its figures are read from one moment's data; this takes seconds. You can leave the page.
        </Notice>
        <ReportSkeleton />
      </>
    );
  }
  if (!isReadable(report)) {
    return (
      <section class="card">
        <Unreadable report={report} />
      </section>
    );
  }
  return <Preview reportId={report.id} />;
}

function Unreadable({ report }: { report: Report }) {
  if (report.expiredAt !== null) {
    return (
      <EmptyState title="Its files were taken away" picture="none">
        The account keeps files for a time that is set in Settings › Reports. Recompute it to have the same
        question answered on the data of now.
      </EmptyState>
    );
  }
  if (report.status === "skipped") {
    return (
      <EmptyState title="Nothing happened in these days" picture="none">
        No visitors, no conversions, no spend: its schedule sends nothing then.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="This report could not be built" picture="none">
      {report.failure ?? "It may work when it is made again."}
    </EmptyState>
  );
}

function Preview({ reportId }: { reportId: string }) {
  const model = useResource<ReportModel>(reportPaths.model(reportId));
  return (
    <Loaded resource={model} what="The preview" skeleton={<ReportSkeleton />}>
      {(loaded) => (
        <>
          <ReportView model={loaded} logo={logoOf(loaded)} />
          <div class="report-print">
            <Button small kind="quiet" onClick={() => print()}>
              Print
            </Button>
          </div>
        </>
      )}
    </Loaded>
  );
}

/** The store's key ends in the logo's id. */
function logoOf({ branding }: ReportModel): string | null {
  const id = branding.logoKey?.split("/").at(-1);
  return id ? reportPaths.logo(id) : null;
}
