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
      <div class="ledger-axis muted" aria-hidden="true" style={{ "--columns": String(rows.length) }}>
        {rows.map((row, index) => (
          <span key={row.key}>{hasTick(index, rows.length) ? row.label : ""}</span>
        ))}
      </div>
    </figure>
  );
}

/** Seven at most, the newest among them: more would not fit a phone. */
function hasTick(index: number, count: number): boolean {
  const step = Math.ceil(count / 7);
  // The first label of a narrow column would stand half outside.
  return (count - 1 - index) % step === 0 && (step === 1 || index > 0);
}

function sentence(row: LedgerRow): string {
  const parts = FATES.filter(({ key }) => row[key] > 0).map(
    ({ key, label }) => `${formatCount(row[key])} ${label.toLowerCase()}`,
  );
  return `${row.label}: ${formatCount(row.received)} received${parts.length > 0 ? ` = ${parts.join(" + ")}` : ""}`;
}
