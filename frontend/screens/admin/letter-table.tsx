import type { DeadLetter } from "#contract/admin.ts";
import { formatAgo } from "#frontend/format/date.ts";
import { formatCount } from "#frontend/format/number.ts";
import { Badge } from "#frontend/parts/badge.tsx";
import { Button } from "#frontend/parts/button.tsx";
import { DataTable } from "#frontend/parts/data-table.tsx";
import type { Column } from "#frontend/parts/data-table.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { TableSkeleton } from "#frontend/parts/skeleton.tsx";
import { letterReason } from "./letter-words.ts";
import type { Letters } from "./use-letters.ts";

type Change = Record<string, string | null>;
type TableProps = {
  letters: Letters;
  isFiltered: boolean;
  onOpen: (letter: DeadLetter) => void;
  onFilter: (change: Change) => void;
};

/** Letters, newest first. */
export function LetterTable({ letters, isFiltered, onOpen, onFilter }: TableProps) {
  return (
    <Loaded
      resource={letters.resource}
      what="The dead letters"
      skeleton={<TableSkeleton label="dead letters" rows={6} />}
      compact
    >
      {() => {
        const rows = letters.rows ?? [];
        if (rows.length === 0) return <NoLetter isFiltered={isFiltered} onFilter={onFilter} />;
        return (
          <>
            <DataTable
              caption="Dead letters"
              columns={columns(onOpen, onFilter)}
              rows={rows}
              keyOf={({ id }) => id}
              onRow={onOpen}
            />
            {letters.hasMore && (
              <div class="letters-more">
                <Button busy={letters.isFetching} onClick={letters.more}>
                  Older letters
                </Button>
              </div>
            )}
          </>
        );
      }}
    </Loaded>
  );
}

function NoLetter({ isFiltered, onFilter }: Pick<TableProps, "isFiltered" | "onFilter">) {
  if (isFiltered) {
    return (
      <EmptyState
        title="No letter fits"
        compact
        action={<Button onClick={() => onFilter({ site_id: null, reason: null })}>Show all</Button>}
      >
        No dead letter has this state, site and reason.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="Nothing was set aside" compact>
      A body that the database refuses waits here with its reason instead of being lost.
    </EmptyState>
  );
}

function columns(onOpen: TableProps["onOpen"], onFilter: TableProps["onFilter"]): Column<DeadLetter>[] {
  return [
    {
      key: "at",
      header: "Set aside",
      cell: (letter) => (
        <button type="button" class="letters-open" onClick={() => onOpen(letter)}>
          {formatAgo(letter.at)}
          <span class="sr-only">, look at letter {letter.id}</span>
        </button>
      ),
    },
    ...filterColumns(onFilter),
    {
      key: "events",
      header: "Events",
      numeric: true,
      wideOnly: true,
      cell: ({ events }) => formatCount(events),
    },
    {
      key: "attempts",
      header: "Replays",
      numeric: true,
      wideOnly: true,
      cell: ({ attempts }) => formatCount(attempts),
    },
    {
      key: "state",
      header: "State",
      cell: ({ replayedAt }) =>
        replayedAt ? (
          <Badge tone="good">Stored {formatAgo(replayedAt)}</Badge>
        ) : (
          <Badge tone="warn">Waiting</Badge>
        ),
    },
  ];
}

/** What these hold narrows the list at a press. */
function filterColumns(onFilter: TableProps["onFilter"]): Column<DeadLetter>[] {
  return [
    {
      key: "site",
      header: "Site",
      wideOnly: true,
      cell: ({ site }) =>
        site ? (
          <button type="button" class="letters-pick" onClick={() => onFilter({ site_id: site.id })}>
            {site.name}
          </button>
        ) : (
          <span class="muted">Gone</span>
        ),
    },
    {
      key: "reason",
      header: "Reason",
      cell: ({ reason }) => (
        <button type="button" class="letters-pick" onClick={() => onFilter({ reason })}>
          {letterReason(reason)}
          <span class="table-sub mono">{reason}</span>
        </button>
      ),
    },
  ];
}
