import "./runs.css";
import "./workbench.css";

import { useLocation, useRoute } from "preact-iso";

import type { AttributionReady } from "#contract/attribution.ts";
import type { RunDetails } from "#contract/runs.ts";
import type { Site } from "#contract/sites.ts";
import { BasisLine } from "#frontend/analytics/basis-line.tsx";
import { paths } from "#frontend/api/paths.ts";
import { recomputeRun } from "#frontend/api/runs.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { FIGURE_KEYS, figureOf } from "#frontend/attribution/figures.ts";
import { useRowColours } from "#frontend/attribution/use-row-colours.ts";
import { Page } from "#frontend/frame/page.tsx";
import { ShareButton } from "#frontend/frame/share-button.tsx";
import { Button } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { Segments } from "#frontend/parts/tabs.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import { useHref } from "#frontend/state/links.ts";
import { useSite } from "#frontend/state/use-site.ts";
import { canEdit, useWorkspace } from "#frontend/state/workspace.ts";
import { ComparisonCard } from "./comparison-card.tsx";
import { downloadText } from "./download-text.ts";
import { runFacts } from "./run-line.tsx";
import { RunName } from "./run-name.tsx";
import { useWorkbenchChoice } from "./use-workbench-choice.ts";
import { workbenchCsv } from "./workbench-csv.ts";
import { WorkbenchSkeleton } from "./workbench-skeleton.tsx";
import { WorkbenchTable } from "./workbench-table.tsx";

const POLL_MS = 2_000;

/** A run, as it was: the same to the cent; and what has changed since another one. */
export function RunScreen() {
  const site = useSite();
  const href = useHref();
  const { params } = useRoute();
  const resource = useResource<RunDetails>(paths.run(params.id ?? ""), {
    everyMs: (run) => (run?.status === "pending" ? POLL_MS : undefined),
  });
  const run = resource.value;
  return (
    <Page
      title={run?.name ?? "Saved run"}
      heading={run && <RunName run={run} />}
      back={{ href: href("/attribution/runs"), label: "Saved runs" }}
      tools={
        <>
          {run?.status === "ready" && <Recompute run={run} />}
          <ShareButton />
        </>
      }
    >
      <Loaded resource={resource} what="This run" skeleton={<WorkbenchSkeleton models={4} />}>
        {(details) => <RunBody run={details} site={site} />}
      </Loaded>
    </Page>
  );
}

/** The same question again, on the data of now. */
function Recompute({ run }: { run: RunDetails }) {
  const { me } = useWorkspace();
  const { route } = useLocation();
  const href = useHref();
  if (!canEdit(me)) return null;
  return (
    <Button
      icon="replay"
      onClick={() =>
        void recomputeRun(run).then((again) => {
          toast("Recomputed as a new run. This one stays as it is.");
          route(href(`/attribution/runs/${again.id}`));
        })
      }
    >
      Recompute
    </Button>
  );
}

function RunBody({ run, site }: { run: RunDetails; site: Site }) {
  if (run.status === "failed")
    return (
      <section class="card">
        <EmptyState title="This run could not be made" picture="none">
          {run.failure ?? "It may work when it is saved again."}
        </EmptyState>
      </section>
    );
  if (!run.answer) return <WorkbenchSkeleton models={run.models.length} />;
  return (
    <div class="stack">
      <ComparisonCard run={run} site={site} />
      <Kept run={run} answer={run.answer} site={site} />
    </div>
  );
}

function Kept({ run, answer, site }: { run: RunDetails; answer: AttributionReady; site: Site }) {
  const asked = useWorkbenchChoice();
  const colourOf = useRowColours(site, answer.by);
  const choice = { ...asked, models: run.models };
  return (
    <Card
      title="As it was saved"
      sub={runFacts(run, site.timeZone).join(" · ")}
      flush
      tools={
        <>
          <Segments
            label="Figure"
            value={choice.figure.key}
            options={FIGURE_KEYS.map((key) => ({ value: key, label: figureOf(key).label }))}
            onValue={choice.chooseFigure}
          />
          <Button small icon="download" onClick={() => downloadText(workbenchCsv(answer, choice))}>
            CSV
          </Button>
        </>
      }
    >
      <WorkbenchTable answer={answer} choice={choice} colourOf={colourOf} isKept />
      <div class="workbench-foot">
        <BasisLine basis={answer.basis} />
        {run.rates.length > 0 && (
          <p class="asof">Converted with {run.rates.length} daily rates that are kept in the run.</p>
        )}
      </div>
    </Card>
  );
}
