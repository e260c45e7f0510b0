import "./audit-log.css";

import { useCallback } from "preact/hooks";

import type { AuditEntry } from "#contract/audit-log.ts";
import type { Params } from "#frontend/api/client.ts";
import type { List } from "#frontend/api/paths.ts";
import { usePages } from "#frontend/attribution/use-pages.ts";
import { formatAgo } from "#frontend/format/date.ts";
import { Button } from "#frontend/parts/button.tsx";
import { DataTable } from "#frontend/parts/data-table.tsx";
import type { Column } from "#frontend/parts/data-table.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { TableSkeleton } from "#frontend/parts/skeleton.tsx";
import { actWords, detailWords } from "./act-words.ts";

type TableProps = {
  caption: string;
  empty: string;
  /** The log's address. */
  source: (query: Params) => string;
  /** Narrows it to one area. */
  area?: string;
};

/** Entries of a log, newest first, page after page. */
export function AuditTable({ caption, empty, source, area }: TableProps) {
  const pathOf = useCallback(
    (after: string | null) =>
      source({ limit: "50", ...(area === undefined ? {} : { area }), ...(after === null ? {} : { after }) }),
    [source, area],
  );
  const pages = usePages<List<AuditEntry>>(pathOf);
  const rows = pages.pages.flatMap(({ items }) => items);
  return (
    <Loaded
      resource={pages.first}
      what="The log"
      skeleton={<TableSkeleton label="entries of the log" rows={8} />}
      compact
    >
      {() =>
        rows.length === 0 ? (
          <EmptyState title="Nothing yet" picture="none" compact>
            {empty}
          </EmptyState>
        ) : (
          <>
            <DataTable caption={caption} columns={COLUMNS} rows={rows} keyOf={({ id }) => id} />
            {pages.problem && (
              <p class="audit-problem" role="alert">
                {pages.problem.message}
              </p>
            )}
            {pages.hasMore && (
              <div class="audit-more">
                <Button busy={pages.busy} onClick={pages.more}>
                  Older entries
                </Button>
              </div>
            )}
          </>
        )
      }
    </Loaded>
  );
}

const COLUMNS: readonly Column<AuditEntry>[] = [
  {
    key: "act",
    header: "What",
    cell: ({ action, detail }) => (
      <>
        <strong>{actWords(action)}</strong>
        <span class="table-sub audit-detail">{detailWords(detail)}</span>
      </>
    ),
  },
  { key: "actor", header: "Who", cell: ({ actor }) => <Actor actor={actor} /> },
  {
    key: "subject",
    header: "Of",
    wideOnly: true,
    cell: ({ subject }) => <code class="mono audit-subject">{subject}</code>,
  },
  {
    key: "at",
    header: "When",
    cell: ({ at }) => (
      <time dateTime={at} title={at}>
        {formatAgo(at)}
      </time>
    ),
  },
];

function Actor({ actor: { kind, name } }: { actor: AuditEntry["actor"] }) {
  if (kind === "system") return <span class="muted">Waymark itself</span>;
  return (
    <>
      {name ?? <span class="muted">{kind === "user" ? "Somebody who is gone" : "A key that is gone"}</span>}
      {kind === "key" && <span class="table-sub">API key</span>}
    </>
  );
}
