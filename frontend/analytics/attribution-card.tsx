import type { Attribution } from "#contract/attribution.ts";
import type { Site } from "#contract/sites.ts";
import { paths } from "#frontend/api/paths.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { ReachNote } from "#frontend/attribution/reach-note.tsx";
import { LinkButton } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { TableSkeleton } from "#frontend/parts/skeleton.tsx";
import { Segments } from "#frontend/parts/tabs.tsx";
import type { AnalyticsView } from "#frontend/state/analytics-view.ts";
import { useHref } from "#frontend/state/links.ts";
import { useQuery } from "#frontend/state/use-query.ts";
import { AttributionTable } from "./attribution-table.tsx";
import { BasisLine } from "./basis-line.tsx";

type CardProps = {
  site: Site;
  view: AnalyticsView;
  /** The campaign whose page this is. */
  highlight: string;
};

/** Who earned the conversions, by three models at once. */
export function AttributionCard({ site, view, highlight }: CardProps) {
  const [query] = useQuery();
  const by = query.by === "channel" ? "channel" : "campaign";
  const { from, to, lookback, direct } = view.options;
  const resource = useResource<Attribution>(paths.attribution(site.id, { from, to, lookback, direct, by }), {
    everyMs: (answer) => (answer?.status === "computing" ? answer.retryAfterMs : undefined),
  });
  return (
    <Card
      title="Attribution"
      sub="All campaigns of the site, so that the shares can be seen against each other."
      flush
      tools={<Tools highlight={highlight} />}
    >
      <Loaded resource={resource} what="Attribution" skeleton={<TableSkeleton label="attribution" />} compact>
        {(attribution) => (
          <>
            {attribution.status === "computing" ? (
              <TableSkeleton label="attribution" />
            ) : attribution.totals.conversions === 0 ? (
              <NoConversions />
            ) : (
              <AttributionTable attribution={attribution} highlight={highlight} />
            )}
            <div style={{ padding: "10px 20px 14px" }}>
              <BasisLine basis={attribution.basis} />
              <ReachNote site={site} />
            </div>
          </>
        )}
      </Loaded>
    </Card>
  );
}

/** How it is grouped, and the way to all models, where this campaign stands out. */
function Tools({ highlight }: Pick<CardProps, "highlight">) {
  const [query, setQuery] = useQuery();
  const href = useHref();
  const by = query.by === "channel" ? "channel" : "campaign";
  return (
    <>
      <Segments
        label="Group by"
        value={by}
        options={[
          { value: "campaign", label: "Campaign" },
          { value: "channel", label: "Channel" },
        ]}
        onValue={(value) => setQuery({ by: value === "campaign" ? null : value }, true)}
      />
      <LinkButton small icon="attribution" href={href("/attribution", { highlight, by: query.by ?? null })}>
        All models
      </LinkButton>
    </>
  );
}

function NoConversions() {
  return (
    <EmptyState title="No conversions on these days" compact>
      With the first one, this shows which campaign began the journey, which ended it, and what each earned.
    </EmptyState>
  );
}
