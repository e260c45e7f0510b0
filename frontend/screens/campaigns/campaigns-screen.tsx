import { useEffect, useRef, useState } from "preact/hooks";

import type { SiteAnalytics } from "#contract/analytics.ts";
import type { Campaign, CampaignStatus } from "#contract/campaigns.ts";
import type { Site } from "#contract/sites.ts";
import type { PacingAnswer } from "#contract/spend.ts";
import { paths } from "#frontend/api/paths.ts";
import type { List } from "#frontend/api/paths.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { Page } from "#frontend/frame/page.tsx";
import { ViewControls } from "#frontend/frame/view-controls.tsx";
import { Button, LinkButton } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { FilterChips } from "#frontend/parts/filter-chips.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { TableSkeleton } from "#frontend/parts/skeleton.tsx";
import { Segments } from "#frontend/parts/tabs.tsx";
import { useAnalyticsView } from "#frontend/state/analytics-view.ts";
import type { AnalyticsView } from "#frontend/state/analytics-view.ts";
import { useHref } from "#frontend/state/links.ts";
import { useShortcuts } from "#frontend/state/shortcuts.ts";
import { useQuery } from "#frontend/state/use-query.ts";
import { useSite } from "#frontend/state/use-site.ts";
import { canEdit, useWorkspace } from "#frontend/state/workspace.ts";
import { CampaignList } from "./campaign-list.tsx";
import { STATUS_LABELS } from "./status.ts";

const PAGE_SIZE = 100;
const MAX_SHOWN = 200;

/** All campaigns with what they cost and earned on the chosen days. */
export function CampaignsScreen() {
  const site = useSite();
  const { me } = useWorkspace();
  const href = useHref();
  const view = useAnalyticsView(site);
  const [query, setQuery] = useQuery();
  const status = query.status ?? "";
  return (
    <Page
      title="Campaigns"
      tools={
        <>
          <ViewControls view={view} without={["compare"]} />
          {canEdit(me) && (
            <LinkButton kind="primary" icon="plus" href={href("/campaigns/new")}>
              New campaign
            </LinkButton>
          )}
        </>
      }
    >
      <Card
        flush
        title={<Filters status={status} q={query.q ?? ""} />}
        tools={<StatusFilter status={status} onStatus={(next) => setQuery({ status: next })} />}
      >
        <FoundCampaigns site={site} view={view} status={status} q={query.q ?? ""} />
      </Card>
    </Page>
  );
}

type FoundProps = { site: Site; view: AnalyticsView; status: string; q: string };

function FoundCampaigns({ site, view, status, q }: FoundProps) {
  const [limit, setLimit] = useState(PAGE_SIZE);
  const list = useResource<List<Campaign>>(paths.campaigns(site.id, { status, q, limit }));
  const figures = useResource<SiteAnalytics>(paths.siteAnalytics(site.id, view.options));
  const pacing = useResource<PacingAnswer>(paths.pacing(site.id));
  return (
    <Loaded resource={list} what="Campaigns" skeleton={<TableSkeleton label="campaigns" rows={8} />}>
      {(value) =>
        value.items.length === 0 ? (
          <NoneFound isFiltered={status !== "" || q !== ""} />
        ) : (
          <>
            <CampaignList
              campaigns={value.items}
              figures={figures.value ?? null}
              pacing={pacing.value?.items ?? null}
            />
            {value.next && limit < MAX_SHOWN && (
              <div style={{ padding: "12px 20px" }}>
                <Button onClick={() => setLimit(MAX_SHOWN)}>Show more</Button>
              </div>
            )}
          </>
        )
      }
    </Loaded>
  );
}

function Filters({ status, q }: { status: string; q: string }) {
  const [, setQuery] = useQuery();
  const chips = status
    ? [
        {
          key: "status",
          label: "Status",
          value: STATUS_LABELS[status as CampaignStatus] ?? status,
          onRemove: () => setQuery({ status: null }),
        },
      ]
    : [];
  return (
    <div class="row">
      <SearchBox q={q} onSearch={(next) => setQuery({ q: next }, true)} />
      <FilterChips chips={chips} />
    </div>
  );
}

const TYPING_PAUSE_MS = 250;

/** `/` puts the cursor here; the list follows when typing pauses. */
function SearchBox({ q, onSearch }: { q: string; onSearch: (q: string) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(q);
  useShortcuts([{ key: "/", label: "Search campaigns", run: () => input.current?.focus() }]);
  useEffect(() => {
    if (text === q) return undefined;
    const timer = setTimeout(() => onSearch(text), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, q, onSearch]);
  return (
    <input
      ref={input}
      class="input"
      style={{ width: "220px", fontWeight: 400 }}
      type="search"
      aria-label="Search campaigns by name"
      placeholder="Search by name"
      value={text}
      onInput={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Escape") input.current?.blur();
      }}
    />
  );
}

const STATUSES: readonly { value: string; label: string }[] = [
  { value: "", label: "All" },
  { value: "active", label: "Active" },
  { value: "draft", label: "Draft" },
  { value: "paused", label: "Paused" },
  { value: "completed", label: "Completed" },
];

function StatusFilter({ status, onStatus }: { status: string; onStatus: (status: string | null) => void }) {
  return (
    <Segments label="Status" value={status} options={STATUSES} onValue={(next) => onStatus(next || null)} />
  );
}

function NoneFound({ isFiltered }: { isFiltered: boolean }) {
  const href = useHref();
  const { me } = useWorkspace();
  const [, setQuery] = useQuery();
  if (isFiltered) {
    return (
      <EmptyState
        title="No campaign fits"
        picture="none"
        compact
        action={<Button onClick={() => setQuery({ status: null, q: null })}>Show all campaigns</Button>}
      >
        Nothing has this name and status.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="Your first campaign"
      action={
        canEdit(me) && (
          <LinkButton kind="primary" icon="plus" href={href("/campaigns/new")}>
            New campaign
          </LinkButton>
        )
      }
    >
      A campaign ties links, promo codes and spend together. Name it late or early: history is matched again
      whenever you change how it is recognised.
    </EmptyState>
  );
}
