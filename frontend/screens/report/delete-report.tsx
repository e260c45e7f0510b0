import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";

import type { Report } from "#contract/reports.ts";
import { ApiProblem } from "#frontend/api/problem.ts";
import { deleteReport } from "#frontend/api/reports.ts";
import { Button } from "#frontend/parts/button.tsx";
import { ConfirmDialog } from "#frontend/parts/confirm-dialog.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import { useHref } from "#frontend/state/links.ts";

/** Takes a report away for good, its files and its links with it. */
export function DeleteReport({ report }: { report: Report }) {
  const { route } = useLocation();
  const href = useHref();
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <Button kind="danger-quiet" icon="trash" onClick={() => setIsAsking(true)}>
        Delete
      </Button>
      {isAsking && (
        <ConfirmDialog
          title="Delete this report?"
          name={report.title}
          action="Delete report"
          onClose={() => setIsAsking(false)}
          onConfirm={async () => {
            await deleteUnlessGone(report.id);
            toast("The report is deleted.");
            route(href("/reports"));
          }}
        >
          <p>
            Its files go for good, and links to it end. Mails that were sent stay with those who got them.
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}

/** Someone else was faster: it is gone, which is what was asked for. */
async function deleteUnlessGone(reportId: string): Promise<void> {
  try {
    await deleteReport(reportId);
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 404) throw error;
  }
}
