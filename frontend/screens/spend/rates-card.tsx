import { useState } from "preact/hooks";

import type { ExchangeRate } from "#contract/rates.ts";
import type { Site } from "#contract/sites.ts";
import { MAX_RATE_AGE_DAYS, RATE_BASE } from "#core/money/exchange-rate.ts";
import { withParams } from "#frontend/api/client.ts";
import { paths } from "#frontend/api/paths.ts";
import type { List } from "#frontend/api/paths.ts";
import { type Resource, useResource } from "#frontend/api/use-resource.ts";
import { formatDay } from "#frontend/format/date.ts";
import { addDays } from "#frontend/format/day.ts";
import { Badge } from "#frontend/parts/badge.tsx";
import { Button } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { DataTable } from "#frontend/parts/data-table.tsx";
import type { Column } from "#frontend/parts/data-table.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { lazy } from "#frontend/parts/lazy.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { TableSkeleton } from "#frontend/parts/skeleton.tsx";
import { Term } from "#frontend/parts/tooltip.tsx";
import { useLedTo } from "#frontend/parts/use-led-to.ts";
import type { DayRange } from "#frontend/state/date-range.ts";

const RatesDialog = lazy(
  () => import("./rates-dialog.tsx").then((m) => m.RatesDialog),
  () => null,
);

const MAX_RATES = 200;
/** As links from other pages name it, behind the #. */
const PART = "rates";

/** Until it is known which currencies are in use, none is said to be. */
type CardProps = { site: Site; range: DayRange; used: Resource<readonly string[]>; isEditor: boolean };
type Row = { currency: string; rate: ExchangeRate | null };

/** The rates of the currencies that occur, as of the range's last day. */
export function RatesCard({ site, range, used, isEditor }: CardProps) {
  const [isOpen, setOpen] = useState(false);
  const from = addDays(range.to, -MAX_RATE_AGE_DAYS);
  const resource = useResource<List<ExchangeRate>>(
    withParams(paths.rates, { from, to: range.to, limit: MAX_RATES }),
  );
  const skeleton = <TableSkeleton label="rates" rows={2} />;
  useLedTo(location.hash === `#${PART}` ? PART : undefined);
  const add = isEditor && (
    <Button icon="upload" small onClick={() => setOpen(true)}>
      Import rates
    </Button>
  );
  return (
    <Card
      title="Exchange rates"
      sub={`Each amount is converted with the rate of its day: the last one published, ${MAX_RATE_AGE_DAYS} days back at most.`}
      id={PART}
      flush
      tools={add}
    >
      <Loaded resource={resource} what="The rates" skeleton={skeleton} compact>
        {({ items }) => (
          <Loaded resource={used} what="The currencies in use" skeleton={skeleton} compact>
            {(codes) => <RatesTable site={site} used={codes} rates={items} />}
          </Loaded>
        )}
      </Loaded>
      {isOpen && <RatesDialog site={site} onClose={() => setOpen(false)} />}
    </Card>
  );
}

type TableProps = { site: Site; used: readonly string[]; rates: readonly ExchangeRate[] };

function RatesTable({ site, used, rates }: TableProps) {
  const needed = [...new Set([...used, site.currency])].filter((code) => code !== RATE_BASE).toSorted();
  if (used.length === 0) {
    return (
      <EmptyState title="No rates needed" picture="none" compact>
        All revenue and spend of these days is in {site.currency}.
      </EmptyState>
    );
  }
  const rows = needed.map((currency) => ({ currency, rate: latestOf(rates, currency) }));
  return <DataTable caption="Exchange rates" columns={COLUMNS} rows={rows} keyOf={(row) => row.currency} />;
}

/** An account's own rate goes before a shared one; newest first is how they come. */
function latestOf(rates: readonly ExchangeRate[], currency: string): ExchangeRate | null {
  const own = rates.filter((rate) => rate.currency === currency);
  return own.find(({ isOwn }) => isOwn) ?? own[0] ?? null;
}

const COLUMNS: readonly Column<Row>[] = [
  { key: "currency", header: "Currency", cell: ({ currency }) => currency },
  {
    key: "rate",
    header: "For one euro",
    explanation: "Units of the currency that one euro buys, as the European Central Bank publishes it.",
    numeric: true,
    cell: ({ rate }) =>
      rate ? (
        rate.rate
      ) : (
        <Term explanation="Orders in this currency count; amounts in it are in no figure until there is a rate.">
          <Badge tone="warn">no rate</Badge>
        </Term>
      ),
  },
  { key: "day", header: "Published", cell: ({ rate }) => rate && formatDay(rate.day) },
  {
    key: "source",
    header: "Source",
    wideOnly: true,
    cell: ({ rate }) => rate && `${rate.source}${rate.isOwn ? ", your own" : ""}`,
  },
];
