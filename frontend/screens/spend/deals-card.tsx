import { useState } from "preact/hooks";

import type { Campaign } from "#contract/campaigns.ts";
import type { Deal } from "#contract/deals.ts";
import type { Site } from "#contract/sites.ts";
import { paths } from "#frontend/api/paths.ts";
import type { List } from "#frontend/api/paths.ts";
import { ApiProblem } from "#frontend/api/problem.ts";
import { deleteDeal } from "#frontend/api/spend.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { Button, IconButton } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { DataTable } from "#frontend/parts/data-table.tsx";
import type { Column } from "#frontend/parts/data-table.tsx";
import { Dialog } from "#frontend/parts/dialog.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { TableSkeleton } from "#frontend/parts/skeleton.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import { Term } from "#frontend/parts/tooltip.tsx";
import { flightLabel } from "#frontend/screens/campaigns/status.ts";
import { DealDialog } from "./deal-dialog.tsx";
import { DEAL_WORDS, dealTerms } from "./spend-words.ts";

type CardProps = { site: Site; campaigns: readonly Campaign[]; isEditor: boolean };
type Open = { kind: "edit"; deal: Deal | null } | { kind: "delete"; deal: Deal } | null;

/** How campaigns are paid for: what we then work out by ourselves. */
export function DealsCard({ site, campaigns, isEditor }: CardProps) {
  const resource = useResource<List<Deal>>(paths.deals(site.id));
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const add = isEditor && campaigns.length > 0 && (
    <Button icon="plus" small onClick={() => setOpen({ kind: "edit", deal: null })}>
      Add deal
    </Button>
  );
  return (
    <Card
      title="Deals"
      sub="Agreed prices: spend by day is worked out from our own counts, and follows corrections."
      id="deals"
      flush
      tools={add}
    >
      <Loaded
        resource={resource}
        what="The deals"
        skeleton={<TableSkeleton label="deals" rows={2} />}
        compact
      >
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="No deals yet" picture="none" compact>
              A fixed fee, a price for a thousand impressions, a click or a conversion, or a share of revenue:
              enter it once and its spend appears day by day.
            </EmptyState>
          ) : (
            <DataTable
              caption="Deals"
              columns={columns(isEditor ? setOpen : null)}
              rows={items}
              keyOf={(deal) => deal.id}
            />
          )
        }
      </Loaded>
      {open?.kind === "edit" && (
        <DealDialog site={site} campaigns={campaigns} deal={open.deal} onClose={close} />
      )}
      {open?.kind === "delete" && <DeleteDialog site={site} deal={open.deal} onClose={close} />}
    </Card>
  );
}

function columns(onOpen: ((open: Open) => void) | null): Column<Deal>[] {
  return [
    {
      key: "campaign",
      header: "Campaign",
      sortBy: ({ campaign }) => campaign,
      cell: (deal) => (
        <div class="spend-two-lines">
          {deal.campaign}
          {deal.note && <span class="spend-under">{deal.note}</span>}
        </div>
      ),
    },
    {
      key: "kind",
      header: "Deal",
      wideOnly: true,
      sortBy: (deal) => deal.kind,
      cell: (deal) => DEAL_WORDS[deal.kind].label,
    },
    {
      key: "terms",
      header: "Terms",
      cell: (deal) => <Term explanation={DEAL_WORDS[deal.kind].explanation}>{dealTerms(deal)}</Term>,
    },
    {
      key: "days",
      header: "Days",
      wideOnly: true,
      sortBy: (deal) => deal.startsOn,
      cell: (deal) => flightLabel(deal.startsOn, deal.endsOn),
    },
    ...(onOpen ? [actsColumn(onOpen)] : []),
  ];
}

function actsColumn(onOpen: (open: Open) => void): Column<Deal> {
  return {
    key: "acts",
    header: "Actions",
    quiet: true,
    numeric: true,
    cell: (deal) => (
      <>
        <IconButton
          small
          icon="edit"
          label={`Change the deal of ${deal.campaign}`}
          onClick={() => onOpen({ kind: "edit", deal })}
        />
        <IconButton
          small
          icon="trash"
          label={`Delete the deal of ${deal.campaign}`}
          onClick={() => onOpen({ kind: "delete", deal })}
        />
      </>
    ),
  };
}

function DeleteDialog({ site, deal, onClose }: { site: Site; deal: Deal; onClose: () => void }) {
  const [busy, setBusy] = useState(false);
  const remove = async () => {
    setBusy(true);
    try {
      await deleteDeal(site.id, deal);
      toast("The deal is deleted.");
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      toast(error.message);
    }
    onClose();
  };
  return (
    <Dialog title="Delete this deal?" onClose={onClose}>
      <div class="stack">
        <p>
          {dealTerms(deal)}: what it came to leaves every figure, of past days too. To end it and keep what it
          cost, give it a last day instead.
        </p>
        <div class="row">
          <Button kind="danger" busy={busy} onClick={() => void remove()}>
            Delete deal
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </div>
    </Dialog>
  );
}
