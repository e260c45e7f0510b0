import "./runs.css";

import type { Run } from "#contract/runs.ts";
import { paths } from "#frontend/api/paths.ts";
import type { List } from "#frontend/api/paths.ts";
import { usePages } from "#frontend/attribution/use-pages.ts";
import { Page } from "#frontend/frame/page.tsx";
import { Button, LinkButton } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { TableSkeleton } from "#frontend/parts/skeleton.tsx";
import { useHref } from "#frontend/state/links.ts";
import { useSite } from "#frontend/state/use-site.ts";
import { AttributionTabs } from "./attribution-tabs.tsx";
import { RunLine } from "./run-line.tsx";

const PAGE = 30;
const POLL_MS = 2_000;

/** Figures that were kept under a name, newest first. */
export function RunsScreen() {
  const site = useSite();
  const list = usePages<List<Run>>((after) => paths.runs(site.id, { after, limit: PAGE }), {
    everyMs: (page) => (page?.items.some(({ status }) => status === "pending") ? POLL_MS : undefined),
  });
  const runs = list.pages.flatMap(({ items }) => items);
  return (
    <Page title="Attribution">
      <AttributionTabs current="runs" />
      <Card
        title="Saved runs"
        sub="A run stays the same to the cent, whatever data comes later. Compare two to see what changed, and why."
        flush
      >
        <Loaded
          resource={list.first}
          what="Saved runs"
          skeleton={<TableSkeleton label="saved runs" rows={4} />}
        >
          {() =>
            runs.length === 0 ? (
              <NoRun />
            ) : (
              <ul>
                {runs.map((run) => (
                  <RunLine key={run.id} run={run} site={site} />
                ))}
              </ul>
            )
          }
        </Loaded>
        {list.hasMore && (
          <div class="credited-foot">
            <Button busy={list.busy} onClick={list.more}>
              Show more
            </Button>
          </div>
        )}
      </Card>
    </Page>
  );
}

function NoRun() {
  const href = useHref();
  return (
    <EmptyState
      title="No run yet"
      compact
      action={
        <LinkButton kind="primary" href={href("/attribution")}>
          Open the workbench
        </LinkButton>
      }
    >
      Save the workbench as a run before you send figures to anyone: next month it tells what changed since,
      and for which reason.
    </EmptyState>
  );
}
