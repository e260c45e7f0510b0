import { useState } from "preact/hooks";

import type { Run } from "#contract/runs.ts";
import type { Site } from "#contract/sites.ts";
import { deleteRun } from "#frontend/api/runs.ts";
import { groupingWords } from "#frontend/attribution/grouping-words.ts";
import { formatDayRange, formatMinute } from "#frontend/format/date.ts";
import { Badge } from "#frontend/parts/badge.tsx";
import { IconButton } from "#frontend/parts/button.tsx";
import { ConfirmDialog } from "#frontend/parts/confirm-dialog.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import { useHref } from "#frontend/state/links.ts";
import { canEdit, useWorkspace } from "#frontend/state/workspace.ts";

/** A run: its name, what it was asked, and whether it is there yet. */
export function RunLine({ run, site }: { run: Run; site: Site }) {
  const { me } = useWorkspace();
  const href = useHref();
  const [isDeleting, setIsDeleting] = useState(false);
  return (
    <li class="run">
      <div class="run-text">
        <span class="run-title">
          {run.status === "ready" ? <a href={href(`/attribution/runs/${run.id}`)}>{run.name}</a> : run.name}{" "}
          <RunState run={run} />
        </span>
        <span class="run-facts">{runFacts(run, site.timeZone).join(" · ")}</span>
      </div>
      {canEdit(me) && (
        <IconButton small icon="trash" label={`Delete ${run.name}`} onClick={() => setIsDeleting(true)} />
      )}
      {isDeleting && (
        <ConfirmDialog
          title={`Delete ${run.name}?`}
          name={run.name}
          action="Delete run"
          onClose={() => setIsDeleting(false)}
          onConfirm={async () => {
            await deleteRun(run);
            toast("Run deleted.");
          }}
        >
          <p>Figures that were sent to someone can then no longer be looked up, nor compared with.</p>
        </ConfirmDialog>
      )}
    </li>
  );
}

export function RunState({ run }: { run: Run }) {
  switch (run.status) {
    case "pending":
      return <Badge tone="warn">Being made</Badge>;
    case "failed":
      return <Badge tone="bad">Failed</Badge>;
    case "ready":
      return run.recomputeOf ? <Badge>Recomputed</Badge> : null;
  }
}

/** What a run was asked, in a line. */
export function runFacts({ range, by, models, createdAt, failure }: Run, zone: string): string[] {
  return [
    formatDayRange(range.from, range.to),
    `by ${groupingWords(by).lower}`,
    models.length === 1 ? "1 model" : `${models.length} models`,
    `saved ${formatMinute(createdAt, zone)}`,
    ...(failure ? [failure] : []),
  ];
}
