import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

import type { Campaign, SpendRow } from "#contract/campaigns.ts";
import type { Site } from "#contract/sites.ts";
import { DEFAULT_SPEND_SOURCE } from "#core/campaigns/spend-rows.ts";
import { sumOf } from "#frontend/analytics/totals.ts";
import { deleteSpend, putSpend } from "#frontend/api/campaigns.ts";
import { paths } from "#frontend/api/paths.ts";
import type { List } from "#frontend/api/paths.ts";
import { ApiProblem } from "#frontend/api/problem.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { formatDay } from "#frontend/format/date.ts";
import { formatMoney } from "#frontend/format/money.ts";
import { Button, IconButton, LinkButton } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { DataTable } from "#frontend/parts/data-table.tsx";
import type { Column } from "#frontend/parts/data-table.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { TableSkeleton } from "#frontend/parts/skeleton.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import { SpendEntryDialog } from "#frontend/spend/spend-entry-dialog.tsx";
import { useHref } from "#frontend/state/links.ts";
import { canEdit, useWorkspace } from "#frontend/state/workspace.ts";

type Editing = { row: SpendRow | null };

/** What the campaign cost, day by day: the base of ROAS, ROI and CPA. */
export function SpendCard({ campaign, site }: { campaign: Campaign; site: Site }) {
  const { me } = useWorkspace();
  const resource = useResource<List<SpendRow>>(paths.spend(campaign.id));
  const [editing, setEditing] = useState<Editing | null>(null);
  const campaigns = [campaign];
  const isEditor = canEdit(me);
  const add = isEditor && (
    <Button icon="plus" small onClick={() => setEditing({ row: null })}>
      Add spend
    </Button>
  );
  return (
    <Card
      title="Spend"
      sub={`By day in ${site.timeZone}, in ${campaign.currency}.`}
      id="spend"
      flush
      tools={<CardTools campaign={campaign} add={add} />}
    >
      <Loaded
        resource={resource}
        what="The spend"
        skeleton={<TableSkeleton label="spend" rows={3} />}
        compact
      >
        {(list) =>
          list.items.length === 0 ? (
            <EmptyState title="No spend yet" action={add} compact>
              Enter what the campaign cost, day by day or once for the whole flight, and ROAS, ROI and CPA
              appear.
            </EmptyState>
          ) : (
            <DataTable
              caption="Spend by day"
              columns={columns(list.items, {
                onEdit: isEditor ? (row) => setEditing({ row }) : null,
                onDelete: (row) => void removeWithUndo(campaign, row),
              })}
              rows={list.items}
              keyOf={(row) => `${row.day} ${row.source}`}
              initialSort={{ key: "day", direction: "desc" }}
            />
          )
        }
      </Loaded>
      {editing && <SpendEntryDialog {...editing} {...{ site, campaigns }} onClose={() => setEditing(null)} />}
    </Card>
  );
}

/** Where deals, files and rates are, and what deals come to. */
function CardTools({ campaign, add }: { campaign: Campaign; add: ComponentChildren }) {
  const href = useHref();
  return (
    <>
      <LinkButton small href={href("/spend", { campaign: campaign.id })}>
        Deals and imports
      </LinkButton>
      {add}
    </>
  );
}

type Acts = { onEdit: ((row: SpendRow) => void) | null; onDelete: (row: SpendRow) => void };

function columns(rows: readonly SpendRow[], acts: Acts): Column<SpendRow>[] {
  const [first] = rows;
  const currency = first?.amount.currency ?? "";
  const isOneCurrency = rows.every((row) => row.amount.currency === currency);
  return [
    {
      key: "day",
      header: "Day",
      sortBy: (row) => row.day,
      cell: (row) => formatDay(row.day),
      total: "Total",
    },
    {
      key: "source",
      header: "Source",
      wideOnly: true,
      sortBy: (row) => row.source,
      cell: (row) => sourceName(row.source),
    },
    { key: "note", header: "Note", wideOnly: true, cell: (row) => <span class="muted">{row.note}</span> },
    {
      key: "amount",
      header: "Amount",
      numeric: true,
      sortBy: (row) => row.amount.minor,
      cell: (row) => formatMoney(row.amount.minor, row.amount.currency),
      total: isOneCurrency
        ? formatMoney(
            sumOf(rows, (row) => row.amount.minor),
            currency,
          )
        : "",
    },
    ...(acts.onEdit ? [actsColumn(acts)] : []),
  ];
}

function actsColumn({ onEdit, onDelete }: Acts): Column<SpendRow> {
  return {
    key: "acts",
    header: "Actions",
    quiet: true,
    numeric: true,
    cell: (row) => (
      <>
        <IconButton
          small
          icon="edit"
          label={`Change the spend of ${formatDay(row.day)}`}
          onClick={() => onEdit?.(row)}
        />
        <IconButton
          small
          icon="trash"
          label={`Delete the spend of ${formatDay(row.day)}`}
          onClick={() => onDelete(row)}
        />
      </>
    ),
  };
}

function sourceName(source: string): string {
  return source === DEFAULT_SPEND_SOURCE ? "Entered by hand" : source;
}

/** Gone at once; taken back by writing the same row again. */
async function removeWithUndo(campaign: Campaign, row: SpendRow): Promise<void> {
  try {
    await deleteSpend(campaign, row);
    const { day, source, note, amount } = row;
    const again = { day, source, note, amountMinor: amount.minor, currency: amount.currency };
    toast(`The spend of ${formatDay(day)} is deleted.`, () => void putSpend(campaign, { rows: [again] }));
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    toast(error.message);
  }
}
