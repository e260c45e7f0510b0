import { formatCount } from "#frontend/format/number.ts";
import { tipHandlers } from "#frontend/parts/tooltip.tsx";
import { FATES } from "./fates.ts";
import type { LedgerRow } from "./ledger-rows.ts";

/** A column for each hour or day, stacked by what became of its events. The table under it says the same in figures. */
export function LedgerChart({ rows, label }: { rows: readonly LedgerRow[]; label: string }) {
  const most = Math.max(1, ...rows.map(({ received }) => received));
  return (
    <figure
      class="ledger-chart"
      aria-label={`${label}, stacked by what became of them. The table holds the figures.`}
      role="img"
    >
      <div class="ledger-columns" style={{ "--columns": String(rows.length) }}>
        {rows.map((row) => (
          <div key={row.key} class="ledger-column" {...tipHandlers(sentence(row))}>
            {FATES.toReversed().map(({ key, colour }) =>
              row[key] > 0 ? (
                <span
                  key={key}
                  style={{ background: colour, height: `${Math.max(1, (row[key] / most) * 100)}%` }}
                />
              ) : null,
            )}
          </div>
        ))}
      </div>
      <div class="ledger-axis muted" aria-hidden="true">
        {ticks(rows).map((row) => (
          <span key={row.key}>{row.label}</span>
        ))}
      </div>
    </figure>
  );
}

/** First, middle and last: more would not fit a phone. */
function ticks(rows: readonly LedgerRow[]): LedgerRow[] {
  const at = [0, Math.floor((rows.length - 1) / 2), rows.length - 1];
  return at.flatMap((index) => rows[index] ?? []);
}

function sentence(row: LedgerRow): string {
  const parts = FATES.filter(({ key }) => row[key] > 0).map(
    ({ key, label }) => `${formatCount(row[key])} ${label.toLowerCase()}`,
  );
  return `${row.label}: ${formatCount(row.received)} received${parts.length > 0 ? ` = ${parts.join(" + ")}` : ""}`;
}
