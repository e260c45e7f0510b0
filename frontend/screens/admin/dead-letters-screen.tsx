import "./admin.css";

import { useState } from "preact/hooks";

import type { DeadLetter } from "#contract/admin.ts";
import { paths } from "#frontend/api/paths.ts";
import { NotFound } from "#frontend/frame/not-found.tsx";
import { Page } from "#frontend/frame/page.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { FilterChips } from "#frontend/parts/filter-chips.tsx";
import { Segments } from "#frontend/parts/tabs.tsx";
import { useQuery } from "#frontend/state/use-query.ts";
import { useWorkspace } from "#frontend/state/workspace.ts";
import { LetterDialog } from "./letter-dialog.tsx";
import { LetterTable } from "./letter-table.tsx";
import { RefusalsCard } from "./refusals-card.tsx";
import { ReplayAll } from "./replay-all.tsx";
import { UnreadableCard } from "./unreadable-card.tsx";
import { useLetters } from "./use-letters.ts";
import type { LetterFilter } from "./use-letters.ts";

const STATES = [
  { value: "waiting", label: "Waiting" },
  { value: "replayed", label: "Stored since" },
  { value: "all", label: "All" },
] as const;

/** Bodies that could not be stored, of all sites: look at one, mend the reason, store them. */
export function DeadLettersScreen() {
  const { me } = useWorkspace();
  return me.superadmin ? <DeadLetters /> : <NotFound />;
}

function DeadLetters() {
  const [query, setQuery] = useQuery();
  const [open, setOpen] = useState<DeadLetter | null>(null);
  const filter = readFilter(query);
  const first = paths.deadLetters({ ...filter, limit: 50 });
  const letters = useLetters(first, (after) => paths.deadLetters({ ...filter, limit: 50, after }));
  const state = STATES.find(({ value }) => value === query.state)?.value ?? "waiting";
  const rows = letters.rows ?? [];
  return (
    <Page title="Dead letters" aside={<span class="muted">All sites of this installation</span>}>
      <Card
        title="Events that could not be stored"
        sub="Kept whole with the reason, and counted in their site's ledger. Storing them moves the count."
        tools={
          <Segments
            label="State"
            value={state}
            options={STATES}
            onValue={(value) => setQuery({ state: value === "waiting" ? null : value }, true)}
          />
        }
        flush
      >
        <ActiveFilter query={query} rows={rows} onClear={(name) => setQuery({ [name]: null }, true)} />
        <LetterTable
          key={first}
          letters={letters}
          isFiltered={filter.site !== undefined || filter.reason !== undefined}
          onOpen={setOpen}
          onFilter={(change) => setQuery(change, true)}
        />
        {rows.some(({ replayedAt }) => replayedAt === null) && (
          <ReplayAll filter={filter} onDone={letters.reload} />
        )}
      </Card>
      <UnreadableCard />
      <RefusalsCard />
      {open && <LetterDialog letter={open} onClose={() => setOpen(null)} onReplayed={letters.reload} />}
    </Page>
  );
}

function readFilter({ state, site_id, reason }: Record<string, string>): LetterFilter {
  return {
    ...(state === "all" ? {} : { state: state === "replayed" ? "replayed" : "waiting" }),
    ...(site_id ? { site: site_id } : {}),
    ...(reason ? { reason } : {}),
  };
}

type ActiveProps = {
  query: Record<string, string>;
  rows: readonly DeadLetter[];
  onClear: (name: string) => void;
};

function ActiveFilter({ query, rows, onClear }: ActiveProps) {
  const site = rows.find((row) => row.site?.id === query.site_id)?.site?.name ?? query.site_id;
  const chips = [
    ...(query.site_id && site
      ? [{ key: "site_id", label: "Site", value: site, onRemove: () => onClear("site_id") }]
      : []),
    ...(query.reason
      ? [{ key: "reason", label: "Reason", value: query.reason, onRemove: () => onClear("reason") }]
      : []),
  ];
  if (chips.length === 0) return null;
  return (
    <div class="letters-filter">
      <FilterChips chips={chips} />
    </div>
  );
}
