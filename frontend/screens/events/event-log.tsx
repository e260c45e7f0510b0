import "./event-log.css";

import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";

import type { EventRow } from "#contract/events.ts";
import { load } from "#frontend/api/client.ts";
import { ApiProblem } from "#frontend/api/problem.ts";
import type { EventsQuery, List } from "#frontend/api/paths.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { Button } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { TableSkeleton } from "#frontend/parts/skeleton.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import { useQuery } from "#frontend/state/use-query.ts";
import { EventLine } from "./event-row.tsx";
import { LogFilters } from "./log-filters.tsx";

const POLL_MS = 3_000;
const PAGE_SIZE = 50;

type LogProps = {
  zone: string;
  pathOf: (query: EventsQuery) => string;
  empty: string;
  /** What makes a first event, where there is none yet. */
  tryIt?: ComponentChildren;
};

/** Events as they come in, newest first. Older ones can be fetched; then the log stands still. */
export function EventLog({ zone, pathOf, empty, tryIt }: LogProps) {
  const [query] = useQuery();
  const filter = { type: query.type ?? "", verdict: query.verdict ?? "" };
  const first = pathOf({ ...filter, limit: PAGE_SIZE });
  return (
    <Log
      key={first}
      first={first}
      older={(after) => pathOf({ ...filter, limit: PAGE_SIZE, after })}
      zone={zone}
      empty={
        <EmptyState title="No events here yet" compact action={tryIt}>
          {empty}
        </EmptyState>
      }
    />
  );
}

type InnerProps = {
  first: string;
  older: (after: string) => string;
  zone: string;
  empty: ComponentChildren;
};

function Log({ first, older, zone, empty }: InnerProps) {
  const [paused, setPaused] = useState(false);
  const [tail, setTail] = useState<List<EventRow> | null>(null);
  const [isFetching, setIsFetching] = useState(false);
  const resource = useResource<List<EventRow>>(first, { everyMs: paused ? undefined : POLL_MS });
  const next = tail ? tail.next : (resource.value?.next ?? null);

  const fetchOlder = async () => {
    if (!next) return;
    // New events would push rows between the pages: the log stands still while it is read backwards.
    setPaused(true);
    setIsFetching(true);
    try {
      const page = await load<List<EventRow>>(older(next));
      setTail((before) => ({ items: [...(before?.items ?? []), ...page.items], next: page.next }));
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      toast(error.message);
    } finally {
      setIsFetching(false);
    }
  };
  const resume = () => {
    setTail(null);
    setPaused(false);
    resource.reload();
  };

  return (
    <Card
      flush
      title={<LogFilters />}
      tools={<LiveSwitch paused={paused} onChange={() => (paused ? resume() : setPaused(true))} />}
    >
      <Loaded resource={resource} what="The event log" skeleton={<TableSkeleton label="events" rows={10} />}>
        {(list) => (
          <Rows rows={tail ? [...list.items, ...tail.items] : list.items} zone={zone} empty={empty} />
        )}
      </Loaded>
      {next && (
        <div class="log-more">
          <Button busy={isFetching} onClick={() => void fetchOlder()}>
            Older events
          </Button>
        </div>
      )}
    </Card>
  );
}

function LiveSwitch({ paused, onChange }: { paused: boolean; onChange: () => void }) {
  return (
    <>
      <span class={paused ? "live" : "live live-on"} role="status">
        <span class="live-dot" aria-hidden="true" />
        {paused ? "Paused" : "Live"}
      </span>
      <Button small icon={paused ? "play" : "pause"} onClick={onChange}>
        {paused ? "Resume" : "Pause"}
      </Button>
    </>
  );
}

type RowsProps = { rows: readonly EventRow[]; zone: string; empty: ComponentChildren };

function Rows({ rows, zone, empty }: RowsProps) {
  const [open, setOpen] = useState<string | null>(null);
  const fresh = useFresh(rows);
  if (rows.length === 0) return <>{empty}</>;
  return (
    <div>
      <div class="log-row log-head" aria-hidden="true">
        <span>Time</span>
        <span>Type</span>
        <span>Page</span>
        <span>Source → channel → campaign</span>
        <span style={{ textAlign: "end" }}>Value</span>
        <span>Verdict</span>
        <span />
      </div>
      <ol aria-label="Events, newest first">
        {rows.map((row) => (
          <EventLine
            key={row.id}
            row={row}
            zone={zone}
            isOpen={row.id === open}
            isNew={fresh.has(row.id)}
            onToggle={() => setOpen(row.id === open ? null : row.id)}
          />
        ))}
      </ol>
    </div>
  );
}

/** Ids that were not in the first answer: those flash once. */
function useFresh(rows: readonly EventRow[]): ReadonlySet<string> {
  const seenRef = useRef<Set<string> | null>(null);
  const fresh = useMemo(() => {
    const known = seenRef.current;
    return new Set(known ? rows.filter((row) => !known.has(row.id)).map((row) => row.id) : []);
  }, [rows]);
  useEffect(() => {
    seenRef.current = new Set(rows.map((row) => row.id));
  }, [rows]);
  return fresh;
}
