import { useState } from "preact/hooks";

import type { Campaign } from "#contract/campaigns.ts";
import type { Site } from "#contract/sites.ts";
import type { LedgerRow, SpendLedger } from "#contract/spend.ts";
import { load } from "#frontend/api/client.ts";
import { paths } from "#frontend/api/paths.ts";
import { ApiProblem } from "#frontend/api/problem.ts";
import { deleteLedgerRow, putSiteSpend } from "#frontend/api/spend.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { formatDay } from "#frontend/format/date.ts";
import { formatMoney } from "#frontend/format/money.ts";
import { formatCount } from "#frontend/format/number.ts";
import { Button } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { DataTable } from "#frontend/parts/data-table.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { SelectInput } from "#frontend/parts/field.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { TableSkeleton } from "#frontend/parts/skeleton.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import type { DayRange } from "#frontend/state/date-range.ts";
import { useQuery } from "#frontend/state/use-query.ts";
import { ledgerColumns } from "./ledger-columns.tsx";

type CardProps = {
  site: Site;
  range: DayRange;
  campaigns: readonly Campaign[];
  onEdit: ((row: LedgerRow) => void) | null;
  onAdd: (() => void) | null;
};

/** Every row of spend on the chosen days, newest first, and what they come to. */
export function LedgerCard({ site, range, campaigns, onEdit, onAdd }: CardProps) {
  const [query, setQuery] = useQuery();
  const campaign = campaigns.find(({ id }) => id === query["campaign"])?.id ?? "";
  const { from, to } = range;
  const path = paths.spendLedger(site.id, { from, to, campaign });
  const resource = useResource<SpendLedger>(path);
  return (
    <Card
      title="By day"
      sub={`Days in ${site.timeZone}; amounts in ${site.currency} by the rate of their day.`}
      id="ledger"
      flush
      tools={
        <CampaignFilter
          campaigns={campaigns}
          value={campaign}
          onValue={(value) => setQuery({ campaign: value || null }, true)}
        />
      }
    >
      <Loaded
        resource={resource}
        what="The spend"
        skeleton={<TableSkeleton label="spend" rows={5} />}
        compact
      >
        {(ledger) =>
          ledger.items.length === 0 ? (
            <NoSpend onAdd={onAdd} />
          ) : (
            <LedgerTable
              key={path}
              ledger={ledger}
              site={site}
              path={{ from, to, campaign }}
              onEdit={onEdit}
            />
          )
        }
      </Loaded>
    </Card>
  );
}

type FilterProps = {
  campaigns: readonly Campaign[];
  value: string;
  onValue: (value: string) => void;
};

function CampaignFilter({ campaigns, value, onValue }: FilterProps) {
  const options = campaigns.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <div class="spend-filter">
      <SelectInput
        id="ledger-campaign"
        label={<span class="sr-only">Campaign</span>}
        value={value}
        options={[{ value: "", label: "All campaigns" }, ...options]}
        onValue={onValue}
      />
    </div>
  );
}

function NoSpend({ onAdd }: { onAdd: (() => void) | null }) {
  const add = onAdd && (
    <Button kind="primary" icon="plus" onClick={onAdd}>
      Add spend
    </Button>
  );
  return (
    <EmptyState title="No spend on these days" compact action={add}>
      Enter it by day or as a lump sum, import a file of your ad account, or enter a deal. ROAS, ROI and CPA
      appear then.
    </EmptyState>
  );
}

type TableProps = {
  ledger: SpendLedger;
  site: Site;
  path: DayRange & { campaign: string };
  onEdit: ((row: LedgerRow) => void) | null;
};

function LedgerTable({ ledger, site, path, onEdit }: TableProps) {
  const [more, setMore] = useState<SpendLedger[]>([]);
  const [busy, setBusy] = useState(false);
  // A change of the first page, as after an edit, makes later ones old.
  const later = more.filter((page) => page.total.rows === ledger.total.rows);
  const rows = [ledger, ...later].flatMap(({ items }) => items);
  const next = (later.at(-1) ?? ledger).next;
  const loadMore = async () => {
    setBusy(true);
    try {
      const page = await load<SpendLedger>(paths.spendLedger(site.id, { ...path, after: next }));
      setMore([...later, page]);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      toast(error.message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <DataTable
        caption="Spend by day"
        columns={ledgerColumns(ledger, {
          onEdit,
          onDelete: (row) => void removeWithUndo(site, row),
        })}
        rows={rows}
        keyOf={(row) => `${row.day} ${row.campaignId} ${row.source}`}
      />
      {next !== null && (
        <div class="spend-more">
          <Button busy={busy} onClick={() => void loadMore()}>
            Show more
          </Button>
          <span class="muted small">
            {formatCount(rows.length)} of {formatCount(ledger.total.rows)} rows; the total is of all.
          </span>
        </div>
      )}
      <WithoutRate ledger={ledger} />
    </>
  );
}

function WithoutRate({ ledger: { total, currency } }: { ledger: SpendLedger }) {
  if (total.withoutRate.length === 0) return null;
  const sums = total.withoutRate.map(({ minor, currency: other }) => formatMoney(minor, other)).join(", ");
  return (
    <p class="spend-hint">
      {sums} has no rate to {currency}, so there is no total: nothing is guessed.{" "}
      <a href="#rates">Look at the rates</a>
    </p>
  );
}

/** Gone at once; taken back by writing the same row again. */
async function removeWithUndo(site: Site, row: LedgerRow): Promise<void> {
  const { campaignId, day, source, note, amount } = row;
  try {
    await deleteLedgerRow(site.id, row);
    const again = {
      campaign: campaignId,
      day,
      source,
      note,
      amountMinor: amount.minor,
      currency: amount.currency,
    };
    toast(`The spend of ${formatDay(day)} is deleted.`, () => void putSiteSpend(site.id, [again]));
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    toast(error.message);
  }
}
