import "./pages-card.css";

import { useState } from "preact/hooks";

import type { Site } from "#contract/sites.ts";
import type { TrackingDetails } from "#contract/tracking.ts";
import type { Resource } from "#frontend/api/use-resource.ts";
import { formatAgo, formatInstant } from "#frontend/format/date.ts";
import { formatCount } from "#frontend/format/number.ts";
import { Badge } from "#frontend/parts/badge.tsx";
import { Button } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { DataTable } from "#frontend/parts/data-table.tsx";
import type { Column } from "#frontend/parts/data-table.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { TableSkeleton } from "#frontend/parts/skeleton.tsx";
import { Segments } from "#frontend/parts/tabs.tsx";
import { lookedWords } from "./looked-words.ts";

type PageRow = TrackingDetails["pages"][number];
type Shown = "all" | "quiet";

const FIRST_ROWS = 15;

/** Which pages report. One that has stopped stands out: that is where the snippet may have gone. */
export function PagesCard({ site, resource }: { site: Site; resource: Resource<TrackingDetails> }) {
  const [shown, setShown] = useState<Shown>("all");
  const quiet = resource.value?.pages.filter(isQuiet).length ?? 0;
  return (
    <Card
      title="Pages that report"
      sub={resource.value ? lookedWords(resource.value, site.timeZone) : "With when each was last seen."}
      tools={
        quiet > 0 && (
          <Segments<Shown>
            label="Pages"
            value={shown}
            options={[
              { value: "all", label: "All" },
              { value: "quiet", label: `Quiet (${formatCount(quiet)})` },
            ]}
            onValue={setShown}
          />
        )
      }
      flush
    >
      <Loaded
        resource={resource}
        what="The pages"
        skeleton={<TableSkeleton label="pages" rows={5} />}
        compact
      >
        {(details) => (
          <Pages details={details} zone={site.timeZone} onlyQuiet={shown === "quiet" && quiet > 0} />
        )}
      </Loaded>
    </Card>
  );
}

/** Was there in the week, and not for a day. */
function isQuiet(page: PageRow): boolean {
  return page.events24h === 0;
}

type PagesProps = { details: TrackingDetails; zone: string; onlyQuiet: boolean };

function Pages({ details, zone, onlyQuiet }: PagesProps) {
  const [isWhole, setIsWhole] = useState(false);
  const rows = onlyQuiet ? details.pages.filter(isQuiet) : details.pages;
  if (rows.length === 0) {
    return (
      <EmptyState title="No page has reported in seven days" compact>
        Each page that carries the snippet stands here, with when it was last seen.
      </EmptyState>
    );
  }
  const visible = isWhole ? rows : rows.slice(0, FIRST_ROWS);
  return (
    <>
      <DataTable
        caption="Pages that report"
        columns={columns(zone)}
        rows={visible}
        keyOf={({ host, path }) => `${host}${path}`}
        initialSort={{ key: "events", direction: "desc" }}
      />
      {rows.length > visible.length && (
        <div class="health-more">
          <Button onClick={() => setIsWhole(true)}>Show all {formatCount(rows.length)}</Button>
        </div>
      )}
      {details.morePages > 0 && isWhole && (
        <p class="health-note muted small">And {formatCount(details.morePages)} pages with fewer events.</p>
      )}
    </>
  );
}

function columns(zone: string): Column<PageRow>[] {
  return [
    {
      key: "page",
      header: "Page",
      sortBy: ({ host, path }) => `${host}${path}`,
      cell: (page) => (
        <span class="health-page">
          <span class="health-path">{page.path}</span>
          <span class="table-sub">{page.host}</span>
        </span>
      ),
    },
    {
      key: "seen",
      header: "Last seen",
      sortBy: ({ lastSeenAt }) => lastSeenAt,
      cell: (page) => (
        <span class="health-seen">
          <time dateTime={page.lastSeenAt} title={formatInstant(page.lastSeenAt, zone)}>
            {formatAgo(page.lastSeenAt)}
          </time>
          {isQuiet(page) && <Badge tone="warn">Quiet</Badge>}
        </span>
      ),
    },
    {
      key: "day",
      header: "24 hours",
      numeric: true,
      sortBy: ({ events24h }) => events24h,
      cell: ({ events24h }) => (events24h === 0 ? <span class="muted">0</span> : formatCount(events24h)),
    },
    {
      key: "events",
      header: "7 days",
      numeric: true,
      sortBy: ({ events }) => events,
      cell: ({ events }) => formatCount(events),
    },
  ];
}
