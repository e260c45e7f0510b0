import { useCallback } from "preact/hooks";

import type { ReportAddress } from "#contract/report-addresses.ts";
import type { List } from "#frontend/api/paths.ts";
import { reportPaths } from "#frontend/api/report-paths.ts";
import { askAddress } from "#frontend/api/report-settings.ts";
import { usePages } from "#frontend/attribution/use-pages.ts";
import { formatAgo } from "#frontend/format/date.ts";
import { Button } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { DataTable } from "#frontend/parts/data-table.tsx";
import type { Column } from "#frontend/parts/data-table.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { orSay } from "#frontend/parts/or-say.ts";
import { TableSkeleton } from "#frontend/parts/skeleton.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import { StateBadge } from "#frontend/reports/state-badge.tsx";
import { recipientWords } from "#frontend/reports/state-words.ts";
import { canEdit, useWorkspace } from "#frontend/state/workspace.ts";

const SHOWN = 50;

/** Every address that reports were for, and whether it gets them. */
export function AddressesCard() {
  const { me } = useWorkspace();
  const pathOf = useCallback((after: string | null) => reportPaths.addresses({ after, limit: SHOWN }), []);
  const pages = usePages<List<ReportAddress>>(pathOf);
  const addresses = pages.pages.flatMap((page) => page.items);
  const columns = canEdit(me) ? [...COLUMNS, ACTION] : COLUMNS;
  return (
    <Card
      title="Who gets reports"
      sub="Members get them at once; others agree once, by a link in a mail. Only they can say no, or yes again."
      flush
    >
      <Loaded
        resource={pages.first}
        what="The addresses"
        skeleton={<TableSkeleton label="addresses" rows={3} />}
      >
        {() =>
          addresses.length === 0 ? (
            <EmptyState title="No address yet" picture="none" compact>
              Whoever a report is mailed to stands here, with whether they agreed.
            </EmptyState>
          ) : (
            <DataTable caption="Who gets reports" columns={columns} rows={addresses} keyOf={({ id }) => id} />
          )
        }
      </Loaded>
      {pages.hasMore && (
        <div class="row" style={{ justifyContent: "center", padding: "14px" }}>
          <Button busy={pages.busy} onClick={pages.more}>
            More addresses
          </Button>
        </div>
      )}
    </Card>
  );
}

const COLUMNS: readonly Column<ReportAddress>[] = [
  {
    key: "address",
    header: "Address",
    sortBy: ({ address }) => address,
    cell: ({ address, suppressionReason }) => (
      <>
        <span style={{ overflowWrap: "anywhere" }}>{address}</span>
        {suppressionReason && <span class="table-sub">{suppressionReason}</span>}
      </>
    ),
  },
  {
    key: "state",
    header: "State",
    sortBy: ({ state }) => state,
    cell: ({ state }) => <StateBadge words={recipientWords(state)} />,
  },
  { key: "since", header: "Since", wideOnly: true, cell: (address) => sinceOf(address) },
];

const ACTION: Column<ReportAddress> = {
  key: "ask",
  header: "Ask again",
  quiet: true,
  cell: (address) => {
    const label = { waiting: "Ask again", bounced: "Try again" }[address.state as string];
    return (
      label && (
        <Button small onClick={() => void ask(address)} aria-label={`${label}: ${address.address}`}>
          {label}
        </Button>
      )
    );
  },
};

function sinceOf(address: ReportAddress): string {
  const { suppressedAt, unsubscribedAt, confirmedAt, askedAt } = address;
  if (suppressedAt !== null) return formatAgo(suppressedAt);
  if (unsubscribedAt !== null) return formatAgo(unsubscribedAt);
  if (confirmedAt !== null) return `agreed ${formatAgo(confirmedAt)}`;
  return askedAt === null ? "" : `asked ${formatAgo(askedAt)}`;
}

async function ask(address: ReportAddress): Promise<void> {
  await orSay(async () => {
    await askAddress(address.id);
    toast(
      address.state === "waiting"
        ? `A mail asks ${address.address} once more.`
        : `The next report to ${address.address} goes out again.`,
    );
  });
}
