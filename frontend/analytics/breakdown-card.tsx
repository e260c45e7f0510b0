import "./breakdown-card.css";

import { useState } from "preact/hooks";

import type { Breakdown } from "#contract/breakdown.ts";
import type { Site } from "#contract/sites.ts";
import type { Dimension } from "#core/rollup/dimensions.ts";
import { paths } from "#frontend/api/paths.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { channelLabel } from "#frontend/format/channel.ts";
import { formatClock } from "#frontend/format/date.ts";
import { Button } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { FilterChips } from "#frontend/parts/filter-chips.tsx";
import type { Chip } from "#frontend/parts/filter-chips.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { TableSkeleton } from "#frontend/parts/skeleton.tsx";
import { Segments } from "#frontend/parts/tabs.tsx";
import type { AnalyticsView } from "#frontend/state/analytics-view.ts";
import { dimensionLook, writeFilter } from "./breakdown-dimensions.ts";
import type { BreakdownFilter } from "./breakdown-dimensions.ts";
import { BreakdownTable } from "./breakdown-table.tsx";
import { useBreakdownChoice } from "./use-breakdown-choice.ts";
import type { BreakdownChoice } from "./use-breakdown-choice.ts";

const REFRESH_MS = 60_000;
/** Rows at first, after the first press of "more", and at most. */
const SIZES = [10, 50, 200] as const;

type CardProps = {
  site: Site;
  view: AnalyticsView;
  /** The one campaign whose page this is; its rows cannot be narrowed further. */
  campaignId?: string;
  /** Names for the chip of a campaign filter. */
  campaigns?: readonly { campaignId: string; name: string }[];
};

/** Visits and what was sold in them, by where they came from, landed and with what; the choice is in the URL. */
export function BreakdownCard({ site, view, campaignId, campaigns = [] }: CardProps) {
  const choice = useBreakdownChoice(campaignId);
  const { dimension, filter, narrow } = choice;
  return (
    <Card
      title="Visits"
      sub="What came of each visit by itself; credit over several visits is by campaign and channel."
      id="visits"
      flush
      tools={<TabSwitch choice={choice} />}
    >
      <Bar choice={choice} chips={filter && !campaignId ? [chipOf(filter, campaigns, choice.widen)] : []} />
      <Rows
        // A new question begins with few rows again.
        key={`${dimension} ${filter ? writeFilter(filter) : ""}`}
        site={site}
        view={view}
        dimension={dimension}
        filter={filter}
        onFilter={narrow}
      />
    </Card>
  );
}

function TabSwitch({ choice: { tabs, tab, choose } }: { choice: BreakdownChoice }) {
  return (
    <Segments
      label="Kind of breakdown"
      value={tab.key}
      options={tabs.map(({ key, label }) => ({ value: key, label }))}
      onValue={(key) => {
        const [first] = tabs.find((next) => next.key === key)?.dimensions ?? [];
        if (first) choose(first);
      }}
    />
  );
}

/** The dimensions of a tab that has several, and the filter in force. */
function Bar({ choice: { tab, dimension, choose }, chips }: { choice: BreakdownChoice; chips: Chip[] }) {
  const hasChoice = tab.dimensions.length > 1;
  if (!hasChoice && chips.length === 0) return null;
  return (
    <div class="breakdown-bar">
      {hasChoice && (
        <Segments
          label="Break down by"
          value={dimension}
          options={tab.dimensions.map((name) => ({ value: name, label: dimensionLook(name).label }))}
          onValue={choose}
        />
      )}
      <FilterChips chips={chips} />
    </div>
  );
}

function chipOf(
  { by, value }: BreakdownFilter,
  campaigns: NonNullable<CardProps["campaigns"]>,
  onRemove: () => void,
): Chip {
  const name = campaigns.find(({ campaignId }) => campaignId === value)?.name;
  return by === "channel"
    ? { key: by, label: "Channel", value: channelLabel(value), onRemove }
    : { key: by, label: "Campaign", value: name ?? value, onRemove };
}

type RowsProps = {
  site: Site;
  view: AnalyticsView;
  dimension: Dimension;
  filter: BreakdownFilter | null;
  onFilter: ((value: string) => void) | null;
};

function Rows({ site, view, dimension, filter, onFilter }: RowsProps) {
  const [size, setSize] = useState<number>(SIZES[0]);
  const { from, to } = view.options;
  const path = paths.breakdown(site.id, {
    dimension,
    from,
    to,
    ...(filter ? { [filter.by]: filter.value } : {}),
    limit: size,
  });
  const resource = useResource<Breakdown>(path, { everyMs: REFRESH_MS });
  const larger = SIZES.find((next) => next > size);
  return (
    <Loaded
      resource={resource}
      what="The breakdown"
      skeleton={<TableSkeleton label="the breakdown" />}
      compact
    >
      {(breakdown) =>
        breakdown.items.length === 0 ? (
          <EmptyState title="No visits on these days" compact>
            With the first one, this shows where visits come from, where they land and what they buy.
          </EmptyState>
        ) : (
          <>
            <BreakdownTable breakdown={breakdown} dimension={dimension} onFilter={onFilter} />
            <div class="breakdown-foot">
              {breakdown.next !== null && larger !== undefined && (
                <Button small onClick={() => setSize(larger)}>
                  Show more
                </Button>
              )}
              <span class="asof">
                {`${breakdown.currency} · ${site.timeZone} · as of ${formatClock(breakdown.asOf, site.timeZone).slice(0, 5)}`}
              </span>
            </div>
          </>
        )
      }
    </Loaded>
  );
}
