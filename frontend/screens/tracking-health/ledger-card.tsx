import "./ledger-card.css";

import type { Ledger, Site } from "#contract/sites.ts";
import { paths } from "#frontend/api/paths.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { formatCount } from "#frontend/format/number.ts";
import { Badge } from "#frontend/parts/badge.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { Notice } from "#frontend/parts/notice.tsx";
import { TableSkeleton } from "#frontend/parts/skeleton.tsx";
import { Segments } from "#frontend/parts/tabs.tsx";
import { useQuery } from "#frontend/state/use-query.ts";
import { FATES } from "./fates.ts";
import { LedgerChart } from "./ledger-chart.tsx";
import { ledgerRange, ledgerRows, SPANS } from "./ledger-rows.ts";
import type { LedgerRow, Span } from "./ledger-rows.ts";
import { LedgerTable } from "./ledger-table.tsx";
import { RejectedList } from "./rejected-list.tsx";

/** A month of a busy site is a long sum: it is asked for less often than the day. */
const EVERY_MS: Readonly<Record<Span, number>> = { "24h": 60_000, "7d": 300_000, "30d": 300_000 };
const OPTIONS = [
  { value: "24h", label: "24 hours" },
  { value: "7d", label: "7 days" },
  { value: "30d", label: "30 days" },
] as const;

/** What became of every event, as a sum that is checked hour by hour. */
export function LedgerCard({ site }: { site: Site }) {
  const [query, setQuery] = useQuery();
  const span = SPANS.find((candidate) => candidate === query.span) ?? "7d";
  const range = ledgerRange(span, site.timeZone);
  const { from, to } = range;
  const resource = useResource<Ledger>(paths.ledger(site.id, { from, to }), { everyMs: EVERY_MS[span] });
  return (
    <Card
      title="What became of every event"
      sub="Received by the edge = stored + duplicate + bot + rejected + set aside, counted twice, by two programs."
      tools={
        <Segments<Span>
          label="Span"
          value={span}
          options={OPTIONS}
          onValue={(value) => setQuery({ span: value === "7d" ? null : value }, true)}
        />
      }
      flush
    >
      <Loaded
        resource={resource}
        what="The ledger"
        skeleton={<TableSkeleton label="ledger" rows={7} />}
        compact
      >
        {(ledger) => (
          <LedgerBody ledger={ledger} rows={ledgerRows(ledger, range, site.timeZone)} span={span} />
        )}
      </Loaded>
    </Card>
  );
}

type BodyProps = { ledger: Ledger; rows: readonly LedgerRow[]; span: Span };

function LedgerBody({ ledger, rows, span }: BodyProps) {
  if (ledger.totals.received === 0) {
    return (
      <EmptyState title="No event in this span" picture="chart" compact>
        Each hour stands here with what came in and what became of it, so that a loss would show.
      </EmptyState>
    );
  }
  return (
    <>
      <Balance ledger={ledger} rows={rows} />
      <LedgerChart rows={rows} label={span === "24h" ? "Events by hour" : "Events by day"} />
      <RejectedList ledger={ledger} />
      <LedgerTable ledger={ledger} rows={rows} stepLabel={span === "24h" ? "Hour" : "Day"} />
      <p class="health-note muted small">
        Requests that are refused as a whole (an unknown key, an origin that is not allowed, too much at once)
        are not in this sum: their events were never taken. If there were any in the last 24 hours, they stand
        above under Refused requests.
      </p>
    </>
  );
}

function Balance({ ledger, rows }: Pick<BodyProps, "ledger" | "rows">) {
  const { totals } = ledger;
  return (
    <div class="ledger-balance">
      <p class="ledger-sum">
        <span class="ledger-term">
          <strong class="num">{formatCount(totals.received)}</strong> received
        </span>
        {FATES.map(({ key, label, colour }, index) => (
          <span key={key} class="ledger-term">
            <span aria-hidden="true" class="ledger-sign">
              {index === 0 ? "=" : "+"}
            </span>
            <i class="dot" style={{ background: colour }} aria-hidden="true" />
            <strong class="num">{formatCount(totals[key])}</strong> {label.toLowerCase()}
          </span>
        ))}
      </p>
      {ledger.isBalanced ? <Badge tone="good">Every event accounted for</Badge> : <Unbalanced rows={rows} />}
    </div>
  );
}

function Unbalanced({ rows }: { rows: readonly LedgerRow[] }) {
  const wrong = rows.filter(({ missing }) => missing !== 0).map(({ label }) => label);
  return (
    <Notice tone="bad" title="This sum does not balance.">
      {wrong.length > 0 ? `Look at ${wrong.join(", ")}. ` : "The reasons do not add up to the rejected. "}
      Something is wrong in Waymark itself; please tell us.
    </Notice>
  );
}
