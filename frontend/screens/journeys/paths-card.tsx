import type { JourneyPaths } from "#contract/journeys.ts";
import type { Site } from "#contract/sites.ts";
import { paths } from "#frontend/api/paths.ts";
import type { AttributionView } from "#frontend/attribution/attribution-view.ts";
import { useComputed } from "#frontend/attribution/use-computed.ts";
import { Card } from "#frontend/parts/card.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { lazy } from "#frontend/parts/lazy.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { Bone, Skeleton } from "#frontend/parts/skeleton.tsx";
import { Segments } from "#frontend/parts/tabs.tsx";
import { useQuery } from "#frontend/state/use-query.ts";
import { PathsTable } from "./paths-table.tsx";
import type { ColourOf } from "./top-journeys-card.tsx";

const Sankey = lazy(() => import("./sankey.tsx").then((module) => module.Sankey), PathsSkeleton);

type PathsProps = { site: Site; view: AttributionView; colourOf: ColourOf };

/** Where journeys go, step by step, until they convert or end. */
export function PathsCard({ site, view, colourOf }: PathsProps) {
  const [query] = useQuery();
  const of = query.paths === "all" ? "all" : "converting";
  const align = query.paths_from === "end" ? "end" : "start";
  const isTable = query.paths_as === "table";
  const resource = useComputed<JourneyPaths>(
    paths.journeyPaths(site.id, { ...view.ask, align: align === "start" ? null : align }),
  );
  return (
    <Card
      title="Path explorer"
      sub={
        align === "start"
          ? "From left to right, step by step. The teal edge of a step is what converted there, the grey edge what ended there."
          : "Backwards from the last step. The teal edge of a step is what began there and converted, the grey edge what began there in vain."
      }
      tools={<Tools of={of} align={align} isTable={isTable} />}
    >
      <Loaded resource={resource} what="The paths" skeleton={<PathsSkeleton />} compact>
        {(answer) =>
          answer.status === "computing" ? (
            <PathsSkeleton />
          ) : answer.nodes.length === 0 ? (
            <NoPaths />
          ) : isTable ? (
            <PathsTable paths={answer} />
          ) : (
            <Sankey paths={answer} isConverting={of === "converting"} colourOf={colourOf} />
          )
        }
      </Loaded>
    </Card>
  );
}

type ToolsProps = { of: "all" | "converting"; align: "start" | "end"; isTable: boolean };

/** Which journeys are drawn, from which end, and whether they are drawn or listed. */
function Tools({ of, align, isTable }: ToolsProps) {
  const [, setQuery] = useQuery();
  return (
    <>
      <Segments
        label="Journeys"
        value={of}
        options={[
          { value: "converting", label: "Converting" },
          { value: "all", label: "All" },
        ]}
        onValue={(value) => setQuery({ paths: value === "converting" ? null : value }, true)}
      />
      <Segments
        label="Lined up at"
        value={align}
        options={[
          { value: "start", label: "First touch" },
          { value: "end", label: "Last touch" },
        ]}
        onValue={(value) => setQuery({ paths_from: value === "start" ? null : value }, true)}
      />
      <Segments
        label="Shown as"
        value={isTable ? "table" : "chart"}
        options={[
          { value: "chart", label: "Chart" },
          { value: "table", label: "Table" },
        ]}
        onValue={(value) => setQuery({ paths_as: value === "chart" ? null : value }, true)}
      />
    </>
  );
}

function NoPaths() {
  return (
    <EmptyState title="No touches on these days" picture="chart" compact>
      Conversions came without any touch before them, so there is no way to draw.
    </EmptyState>
  );
}

function PathsSkeleton() {
  return (
    <Skeleton label="the paths">
      <Bone height={420} />
    </Skeleton>
  );
}
