import "./schedules.css";

import { useCallback } from "preact/hooks";

import type { Schedule } from "#contract/report-schedules.ts";
import type { List } from "#frontend/api/paths.ts";
import { reportPaths } from "#frontend/api/report-paths.ts";
import { usePages } from "#frontend/attribution/use-pages.ts";
import { Button, LinkButton } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { TableSkeleton } from "#frontend/parts/skeleton.tsx";
import { useHref } from "#frontend/state/links.ts";
import { canEdit, useWorkspace } from "#frontend/state/workspace.ts";
import { ScheduleLine } from "./schedule-line.tsx";

const SHOWN = 50;

/** Reports that make themselves, with their last run and their next. */
export function SchedulesPanel() {
  const { me } = useWorkspace();
  const href = useHref();
  const pathOf = useCallback((after: string | null) => reportPaths.schedules({ after, limit: SHOWN }), []);
  const pages = usePages<List<Schedule>>(pathOf);
  const schedules = pages.pages.flatMap((page) => page.items);
  const create = canEdit(me) && (
    <LinkButton kind="primary" icon="plus" href={href("/reports/schedules/new")}>
      New schedule
    </LinkButton>
  );
  return (
    <Card
      title="Schedules"
      sub="Each makes its report by itself and mails it, once to everyone."
      tools={schedules.length > 0 ? create : null}
      flush
    >
      <Loaded resource={pages.first} what="Schedules" skeleton={<TableSkeleton label="schedules" rows={4} />}>
        {() =>
          schedules.length === 0 ? (
            <EmptyState title="Nothing is sent by itself yet" action={create} compact>
              A schedule makes a report every day, week, month or quarter, at an hour you choose, and mails it
              to those who should have it.
            </EmptyState>
          ) : (
            <ul aria-label="Schedules">
              {schedules.map((schedule) => (
                <ScheduleLine key={schedule.id} schedule={schedule} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {pages.hasMore && (
        <div class="report-more">
          <Button busy={pages.busy} onClick={pages.more}>
            More schedules
          </Button>
        </div>
      )}
    </Card>
  );
}
